namespace LlmMetrics.EndToEnd.Tests.Soak;

/// <summary>Reads snapshots.</summary>
internal static class Figures
{
    /// <summary>The sum of all series of a metric that have all of these tags.</summary>
    public static double Sum(MetricsSnapshot snapshot, string name, params (string Key, string Value)[] tags)
    {
        if (!snapshot.TryGetFamily(name, out var family))
        {
            return 0;
        }

        return family
            .Where(series => Array.TrueForAll(tags, tag => series.Tags.ToArray().Any(
                own => own.Key == tag.Key && own.Value as string == tag.Value)))
            .Sum(series => family.Descriptor.Kind == MetricKind.Histogram ? series.Count : series.Value);
    }
}
