using System.Net;

namespace LlmMetrics.Configuration;

internal sealed class HostSettingAttribute : SettingAttribute
{
    /// <summary>The address that a setting means; null if it means none.</summary>
    public static IPAddress? Parse(string? host) => host switch
    {
        "*" => IPAddress.IPv6Any,
        "localhost" => IPAddress.Loopback,
        _ => IPAddress.TryParse(host, out var parsed) ? parsed : null,
    };

    protected override string? Complain(object? value) =>
        Parse(value as string) is not null
            ? null
            : $"is '{value}'; it must be an IP address, 'localhost', or '*' for all addresses.";
}
