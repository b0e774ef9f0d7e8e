namespace LlmMetrics.Calls;

/// <summary>
/// How durations are distributed: counts in buckets that grow by 2^(1/8), so that a quantile is at most 4.5 % off.
/// From 1 ms to 17 minutes; what lies outside counts at the edge.
/// </summary>
internal sealed class DurationSketch
{
    private const int BucketsPerDoubling = 8;
    private const int Buckets = 160;
    private const double FirstSeconds = 0.001;

    private readonly int[] _counts = new int[Buckets];
    private long _total;

    public void Add(double seconds)
    {
        var bucket = Math.Ceiling(Math.Log2(seconds / FirstSeconds) * BucketsPerDoubling);
        _counts[double.IsNaN(bucket) ? 0 : (int)Math.Clamp(bucket, 0, Buckets - 1)]++;
        _total++;
    }

    public void Add(DurationSketch other)
    {
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            _counts[bucket] += other._counts[bucket];
        }

        _total += other._total;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        _total = 0;
    }

    /// <summary>The duration that a share of all lies at or below, in seconds; null if there is none.</summary>
    public double? Quantile(double share)
    {
        var rank = (long)Math.Ceiling(share * _total);
        var bucket = -1;
        for (long below = 0; below < rank; below += _counts[bucket])
        {
            bucket++;
        }

        return bucket < 0 ? null : FirstSeconds * Math.Pow(2, (bucket - 0.5) / BucketsPerDoubling);
    }
}
