namespace LlmMetrics.Format;

/// <summary>The total of a metric over its tags. Reused, so that no metric costs memory.</summary>
internal sealed class MetricTotal
{
    private long[] _buckets = new long[32];
    private int _bucketCount;

    public double Value { get; private set; }

    /// <summary>Wider than a series, so that adding up cannot overflow.</summary>
    public Int128 Integer { get; private set; }

    public ReadOnlySpan<long> Buckets => _buckets.AsSpan(0, _bucketCount);

    public void Sum(MetricFamily family)
    {
        Value = 0;
        Integer = 0;
        var metric = family.Descriptor;
        _bucketCount = metric.Kind == MetricKind.Histogram ? metric.Bounds.Length + 1 : 0;
        if (_bucketCount > _buckets.Length)
        {
            _buckets = new long[_bucketCount];
        }

        Array.Clear(_buckets);
        foreach (var series in family)
        {
            Value += series.Value;
            if (metric.IsInteger && metric.Kind != MetricKind.Histogram)
            {
                Integer += series.Int64Value;
            }

            var buckets = series.BucketCounts;
            for (var i = 0; i < buckets.Length; i++)
            {
                _buckets[i] += buckets[i];
            }
        }
    }
}
