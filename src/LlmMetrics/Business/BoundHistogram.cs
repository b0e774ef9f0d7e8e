using LlmMetrics.Business;

namespace LlmMetrics;

/// <summary>One series of a <see cref="BusinessHistogram"/>.</summary>
public sealed class BoundHistogram
{
    private readonly BoundSeries _series;

    internal BoundHistogram(BoundSeries series) => _series = series;

    /// <summary>Records a value. Allocates nothing.</summary>
    /// <param name="value">The value, 0 or more. Negative and non-finite values are refused and counted.</param>
    public void Record(double value) => _series.Apply(value);
}
