namespace LlmMetrics.Data;

/// <summary>Quantiles from buckets, as <c>histogram_quantile</c> of Prometheus estimates them.</summary>
internal static class BucketQuantile
{
    /// <summary>
    /// The value that a share of the measurements lies at or below, interpolated within its bucket. Above the last
    /// bound it is that bound; null if nothing was measured.
    /// </summary>
    public static double? Of(ReadOnlySpan<double> bounds, ReadOnlySpan<long> counts, double share)
    {
        long total = 0;
        foreach (var count in counts)
        {
            total += count;
        }

        if (total == 0 || bounds.IsEmpty)
        {
            return null;
        }

        var rank = share * total;
        long below = 0;
        for (var bucket = 0; bucket < bounds.Length; bucket++)
        {
            if (below + counts[bucket] >= rank)
            {
                var lower = bucket > 0 ? bounds[bucket - 1] : Math.Min(0, bounds[0]);
                return lower + ((bounds[bucket] - lower) * (rank - below) / Math.Max(1, counts[bucket]));
            }

            below += counts[bucket];
        }

        return bounds[^1];
    }
}
