namespace LlmMetrics;

/// <summary>How many tokens requests had: counts per bucket and the sum, as a histogram metric gives them.</summary>
public sealed record TokenHistogram
{
    /// <summary>Inclusive upper bounds of the buckets, rising, in tokens; without the infinite one.</summary>
    public required IReadOnlyList<double> Bounds { get; init; }

    /// <summary>Requests per bucket, not cumulative; one more than there are bounds.</summary>
    public required IReadOnlyList<double> Counts { get; init; }

    /// <summary>Tokens of all requests together.</summary>
    public required double Sum { get; init; }

    /// <summary>Requests in all buckets.</summary>
    public double Count => Counts.Sum();

    internal void ThrowIfInvalid(string figure)
    {
        var rising = Enumerable.Range(1, Math.Max(0, Bounds.Count - 1)).All(i => Bounds[i] > Bounds[i - 1]);
        if (Bounds.Count == 0 || Counts.Count != Bounds.Count + 1 || !rising || Bounds.Any(double.IsNaN)
            || Counts.Any(static count => !(count >= 0) || double.IsInfinity(count)) || !(Sum >= 0))
        {
            throw new WorkloadException(
                figure, $"the histogram of {figure} is broken: bounds must rise, and there must "
                + "be one count more than bounds, none negative");
        }
    }
}
