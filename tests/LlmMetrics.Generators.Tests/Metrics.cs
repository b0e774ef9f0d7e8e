using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Generators.Tests;

/// <summary>Reads what was measured.</summary>
internal static class Metrics
{
    public const string AgentRuns = "gen_ai.invoke_agent.duration";

    public static LlmMetricsRuntime Create() => LlmMetricsRuntime.Create(static builder =>
        builder.Services.AddLlmMetrics(static options => options.Meters.Clear()));

    /// <summary>How often something ran, by the tags of the one metric.</summary>
    public static string[] Read(this LlmMetricsRuntime runtime, string metric) =>
        runtime.GetSnapshot().TryGetFamily(metric, out var family)
            ? [.. family.Select(series => $"{CountOf(family, series)} {Tags(series)}").Order(StringComparer.Ordinal)]
            : [];

    private static double CountOf(MetricFamily family, MetricSeries series) =>
        family.Descriptor.Kind == MetricKind.Histogram ? series.Count : series.Value;

    private static string Tags(MetricSeries series)
    {
        var tags = new List<string>();
        foreach (var tag in series.Tags)
        {
            tags.Add($"{tag.Key}={tag.Value}");
        }

        return string.Join(' ', tags);
    }
}
