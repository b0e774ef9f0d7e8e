using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>Checks all settings and reports every error at once.</summary>
internal sealed class PrometheusListenerOptionsValidator : IValidateOptions<PrometheusListenerOptions>
{
    public ValidateOptionsResult Validate(string? name, PrometheusListenerOptions options)
    {
        var errors = new List<string>();
        if (options.Port is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
        {
            var port = options.Port.ToString(CultureInfo.InvariantCulture);
            Fail(nameof(options.Port), $"is {port}; it must be between {IPEndPoint.MinPort} and {IPEndPoint.MaxPort}.");
        }

        if (ParseHost(options.Host) is null)
        {
            Fail(
                nameof(options.Host),
                $"is '{options.Host}'; it must be an IP address, 'localhost', or '*' for all addresses.");
        }

        if (!IsPathBase(options.PathBase))
        {
            Fail(
                nameof(options.PathBase),
                $"is '{options.PathBase}'; it must be empty, or begin with a slash and not end with one.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Fail(string key, string text) => errors.Add($"{PrometheusOptions.Section}:{key} {text}");
    }

    /// <summary>The address that a setting means; null if it means none.</summary>
    public static IPAddress? ParseHost(string? host) => host switch
    {
        "*" => IPAddress.IPv6Any,
        "localhost" => IPAddress.Loopback,
        _ => IPAddress.TryParse(host, out var parsed) ? parsed : null,
    };

    private static bool IsPathBase(string? path) =>
        path is { Length: 0 } || (path is not null && path[0] == '/' && path[^1] != '/');
}
