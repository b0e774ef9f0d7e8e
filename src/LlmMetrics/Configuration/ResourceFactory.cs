using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace LlmMetrics.Configuration;

/// <summary>Finds out who measures.</summary>
internal static class ResourceFactory
{
    public static MetricsResource Create(LlmMetricsOptions options, IHostEnvironment? environment)
    {
        var entry = Assembly.GetEntryAssembly();
        var attributes = new Dictionary<string, string>(options.ResourceAttributes, StringComparer.Ordinal);
        attributes["service.name"] = options.ServiceName
            ?? attributes.GetValueOrDefault("service.name")
            ?? environment?.ApplicationName
            ?? entry?.GetName().Name
            ?? "unknown_service";
        var known = options.ServiceVersion ?? attributes.GetValueOrDefault("service.version");
        if ((known ?? VersionOf(entry)) is { } version)
        {
            attributes["service.version"] = version;
        }

        attributes.TryAdd("service.instance.id", Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture));
        return new MetricsResource(attributes);
    }

    private static string? VersionOf(Assembly? assembly)
    {
        var version = assembly?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var build = version?.IndexOf('+', StringComparison.Ordinal) ?? -1;
        return build >= 0 ? version![..build] : version;
    }
}
