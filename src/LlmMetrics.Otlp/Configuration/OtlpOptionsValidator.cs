using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>Checks all settings and reports every error at once. No message contains a secret.</summary>
internal sealed class OtlpOptionsValidator : IValidateOptions<LlmOtlpOptions>
{
    public const string Section = LlmMetricsNames.ConfigurationSection + ":Otlp";

    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(100);

    public ValidateOptionsResult Validate(string? name, LlmOtlpOptions options)
    {
        var errors = new List<string>();
        if (options.Endpoint is { } endpoint && !Endpoints.IsUsable(endpoint))
        {
            Fail(errors, nameof(options.Endpoint), $"is '{Endpoints.Redact(endpoint)}'; it must be an absolute http or "
                + "https URL.");
        }

        if (options.Protocol is { } protocol && !Enum.IsDefined(protocol))
        {
            Fail(errors, nameof(options.Protocol), $"is {protocol}; it must be HttpProtobuf or Grpc.");
        }

        if (options.Signals is { } signals && (signals & ~LlmOtlpSignals.All) != LlmOtlpSignals.None)
        {
            Fail(errors, nameof(options.Signals), $"is {signals}; it must be None, Metrics, Traces or All.");
        }

        Check(errors, nameof(options.Interval), options.Interval, TimeSpan.FromDays(1));
        Check(errors, nameof(options.Timeout), options.Timeout, TimeSpan.FromMinutes(10));
        Check(errors, nameof(options.ShutdownTimeout), options.ShutdownTimeout, TimeSpan.FromMinutes(5));
        CheckHeaders(errors, options);
        if (options.ActivitySources.Any(string.IsNullOrWhiteSpace))
        {
            Fail(errors, nameof(options.ActivitySources), "has an empty entry; remove it or write a name.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void CheckHeaders(List<string> errors, LlmOtlpOptions options)
    {
        if (options.BearerToken is { } token && (token.Length == 0 || !HeaderText.IsToken(token)))
        {
            Fail(errors, nameof(options.BearerToken), "is not shown; it must be visible ASCII characters without "
                + "spaces and commas.");
        }

        foreach (var (header, value) in options.Headers)
        {
            if (!HeaderText.IsName(header) || !HeaderText.IsValue(value))
            {
                Fail(errors, nameof(options.Headers), $"has '{header}', whose value is not shown; a name must be a "
                    + "header name, and a value ASCII text without commas and line breaks.");
            }
        }
    }

    private static void Check(List<string> errors, string key, TimeSpan? value, TimeSpan longest)
    {
        if (value < _shortest || value > longest)
        {
            Fail(errors, key, $"is {value}; it must be between {_shortest} and {longest}.");
        }
    }

    private static void Fail(List<string> errors, string key, string text) =>
        errors.Add($"{Section}:{key} {text}");
}
