using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>
/// Takes the standard variables (OpenTelemetry environment variable specification 1.4x) as defaults: from the host's
/// configuration, which has the environment in it, else from the environment itself.
/// </summary>
internal sealed class EnvironmentOptions(IServiceProvider services) : IConfigureOptions<LlmMetricsOptions>
{
    private readonly IConfiguration? _configuration = services.GetService<IConfiguration>();

    public void Configure(LlmMetricsOptions options)
    {
        options.ServiceName = Read("OTEL_SERVICE_NAME");
        options.ServiceVersion = Read("OTEL_SERVICE_VERSION");
        options.Enabled = !string.Equals(Read("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);
        foreach (var (key, value) in Pairs(Read("OTEL_RESOURCE_ATTRIBUTES")))
        {
            options.ResourceAttributes[key] = value;
        }
    }

    private static IEnumerable<(string Key, string Value)> Pairs(string? list)
    {
        foreach (var pair in (list ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                yield return (pair[..equals].Trim(), Uri.UnescapeDataString(pair[(equals + 1)..].Trim()));
            }
        }
    }

    private string? Read(string name)
    {
        var value = _configuration?[name] is { Length: > 0 } configured
            ? configured
            : Environment.GetEnvironmentVariable(name);
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }
}
