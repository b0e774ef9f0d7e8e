using System.Globalization;
using OpenTelemetry.Metrics;

namespace LlmMetrics.Tests.Collection.Reference;

/// <summary>Compares every point of the SDK with the series of a snapshot, both ways.</summary>
internal static class PointComparer
{
    private const double Tolerance = 1e-12;

    /// <summary>Fails at the first difference; gives the number of metrics that were compared.</summary>
    public static int AssertEqual(MetricsSnapshot snapshot, IReadOnlyList<Metric> expected, string meter)
    {
        foreach (var metric in expected)
        {
            Assert.True(snapshot.TryGetFamily(metric.Name, out var family, meter), $"{metric.Name} is missing");
            AssertEqual(family, metric);
        }

        return expected.Count;
    }

    private static void AssertEqual(MetricFamily family, Metric metric)
    {
        var series = family.ToDictionary(static one => Key(one.Tags.ToArray()), StringComparer.Ordinal);
        var count = 0;
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            count++;
            var tags = new List<KeyValuePair<string, object?>>();
            foreach (var tag in point.Tags)
            {
                tags.Add(tag);
            }

            var key = Key(tags);
            Assert.True(series.TryGetValue(key, out var ours), $"{metric.Name}{{{key}}} is missing");
            AssertEqual(ours, in point, metric);
        }

        Assert.True(count == family.Count, $"{metric.Name}: {count} points expected, {family.Count} found");
    }

    private static void AssertEqual(MetricSeries ours, in MetricPoint point, Metric metric)
    {
        switch (metric.MetricType)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                Assert.Equal(point.GetSumLong(), ours.Int64Value);
                break;
            case MetricType.LongGauge:
                Assert.Equal(point.GetGaugeLastValueLong(), ours.Int64Value);
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                AssertClose(point.GetSumDouble(), ours.Value, metric.Name);
                break;
            case MetricType.DoubleGauge:
                Assert.Equal(point.GetGaugeLastValueDouble(), ours.Value);
                break;
            case MetricType.Histogram:
                Assert.Equal(point.GetHistogramCount(), ours.Count);
                AssertClose(point.GetHistogramSum(), ours.Sum, metric.Name);
                AssertBuckets(ours, in point);
                break;
            default:
                Assert.Fail($"{metric.Name} is a {metric.MetricType}");
                break;
        }
    }

    private static void AssertBuckets(MetricSeries ours, in MetricPoint point)
    {
        var i = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            Assert.Equal(bucket.BucketCount, ours.BucketCounts[i++]);
        }

        Assert.Equal(i, ours.BucketCounts.Length);
    }

    private static void AssertClose(double expected, double actual, string name) => Assert.True(
        Math.Abs(expected - actual) <= Tolerance * Math.Abs(expected), $"{name}: {expected} expected, {actual} found");

    private static string Key(IEnumerable<KeyValuePair<string, object?>> tags) => string.Join(
        ',', tags.OrderBy(static tag => tag.Key, StringComparer.Ordinal).Select(static tag =>
            string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value?.GetType().Name}:{tag.Value}")));
}
