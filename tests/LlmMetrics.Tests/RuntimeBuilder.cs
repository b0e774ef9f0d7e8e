using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Tests;

/// <summary>Runtimes for tests: no host, no framework meters unless asked for.</summary>
internal static class RuntimeBuilder
{
    public static LlmMetricsRuntime Create(
        Action<LlmMetricsOptions>? configure = null, Action<ILlmMetricsBuilder>? build = null) =>
        LlmMetricsRuntime.Create(builder =>
        {
            builder.Services.AddLlmMetrics(options =>
            {
                options.Meters.Clear();
                configure?.Invoke(options);
            });
            build?.Invoke(builder);
        });

    public static LlmMetricsRuntime Create(MetricProfile profile, Action<LlmMetricsOptions>? configure = null) =>
        Create(configure, builder => builder.AddProfile(profile));

    /// <summary>The value (or a histogram's count) of the series whose tags contain all of these.</summary>
    public static double Sum(this MetricsSnapshot snapshot, string name, params (string Name, string Value)[] tags)
    {
        if (!snapshot.TryGetFamily(name, out var family))
        {
            return double.NaN;
        }

        var found = family.Where(series => Array.TrueForAll(tags, tag => series.Tag(tag.Name) == tag.Value)).ToArray();
        return found.Length == 0
            ? double.NaN
            : found.Sum(series => family.Descriptor.Kind == MetricKind.Histogram ? series.Count : series.Value);
    }

    public static string? Tag(this MetricSeries series, string name)
    {
        foreach (var tag in series.Tags)
        {
            if (tag.Key == name)
            {
                return tag.Value?.ToString();
            }
        }

        return null;
    }
}
