using LlmMetrics.Business;

namespace LlmMetrics;

/// <summary>One series of a <see cref="BusinessCounter"/>.</summary>
public sealed class BoundCounter
{
    private readonly BoundSeries _series;

    internal BoundCounter(BoundSeries series) => _series = series;

    /// <summary>Adds to the series. Allocates nothing.</summary>
    /// <param name="value">What to add, 0 or more. Negative and non-finite values are refused and counted.</param>
    public void Add(double value = 1) => _series.Apply(value);
}
