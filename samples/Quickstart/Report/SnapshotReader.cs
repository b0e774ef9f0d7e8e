using LlmMetrics;

namespace Quickstart.Report;

/// <summary>Sums of a snapshot's series, by their tags.</summary>
public sealed class SnapshotReader(MetricsSnapshot snapshot)
{
    /// <summary>A tag's value; empty without the tag.</summary>
    public static string Tag(MetricSeries series, string name)
    {
        foreach (var (key, value) in series.Tags)
        {
            if (key == name)
            {
                return value?.ToString() ?? string.Empty;
            }
        }

        return string.Empty;
    }

    /// <summary>The series of a metric; none when it was never recorded.</summary>
    public IEnumerable<MetricSeries> Series(string metric) =>
        snapshot.TryGetFamily(metric, out var family) ? family : Enumerable.Empty<MetricSeries>();

    /// <summary>The sum of a counter's matching series; null when nothing was recorded in any.</summary>
    public double? Sum(string metric, params (string Tag, string Value)[] tags)
    {
        double? sum = null;
        foreach (var series in Matching(metric, tags))
        {
            sum = (sum ?? 0) + series.Value;
        }

        return sum;
    }

    /// <summary>The same for a counter of whole numbers, where nothing recorded is none counted.</summary>
    public long Count(string metric, params (string Tag, string Value)[] tags) =>
        Matching(metric, tags).Sum(static series => series.Int64Value);

    /// <summary>
    /// The value below which a share of a histogram's measurements lies, interpolated within its bucket as
    /// Prometheus' histogram_quantile does; null without measurements.
    /// </summary>
    public double? Quantile(double share, string metric, params (string Tag, string Value)[] tags)
    {
        if (!snapshot.TryGetFamily(metric, out var family))
        {
            return null;
        }

        var bounds = family.Descriptor.Bounds.Span;
        var buckets = new long[bounds.Length + 1];
        foreach (var series in Matching(metric, tags))
        {
            for (var index = 0; index < buckets.Length; index++)
            {
                buckets[index] += series.BucketCounts[index];
            }
        }

        return Interpolate(share * buckets.Sum(), buckets, bounds);
    }

    private static double? Interpolate(double rank, long[] buckets, ReadOnlySpan<double> bounds)
    {
        if (rank <= 0)
        {
            return null;
        }

        var below = 0L;
        for (var index = 0; index < bounds.Length; index++)
        {
            if (below + buckets[index] >= rank)
            {
                var low = index == 0 ? 0 : bounds[index - 1];
                return low + ((bounds[index] - low) * (rank - below) / buckets[index]);
            }

            below += buckets[index];
        }

        return bounds[^1];
    }

    private IEnumerable<MetricSeries> Matching(string metric, (string Tag, string Value)[] tags) =>
        Series(metric).Where(series => Array.TrueForAll(tags, tag => Tag(series, tag.Tag) == tag.Value));
}
