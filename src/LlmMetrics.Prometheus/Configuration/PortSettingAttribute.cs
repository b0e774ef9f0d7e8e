using System.Globalization;
using System.Net;

namespace LlmMetrics.Configuration;

internal sealed class PortSettingAttribute : SettingAttribute
{
    protected override string? Complain(object? value) =>
        value is int and >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"is {value}; it must be between {IPEndPoint.MinPort} and {IPEndPoint.MaxPort}.");
}
