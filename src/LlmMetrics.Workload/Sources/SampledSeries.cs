namespace LlmMetrics.Workload.Sources;

/// <summary>A series of cumulative values over time.</summary>
/// <param name="Tags">Its tags, without those of the scrape.</param>
/// <param name="Samples">Time in seconds since 1970, and value, in order.</param>
/// <param name="CountsFromZero">Whether counting began within the window, so that the first value counts too.</param>
internal sealed record SampledSeries(
    IReadOnlyDictionary<string, string> Tags, IReadOnlyList<(double Time, double Value)> Samples, bool CountsFromZero)
{
    /// <summary>What was added over all samples. A value that falls is a restart from zero, as in Prometheus.</summary>
    public double Increase => Increments().Sum(static increment => increment.Value);

    /// <summary>What was added between samples, with the times that it was added between.</summary>
    public IEnumerable<(double From, double To, double Value)> Increments()
    {
        var last = (Time: double.NaN, Value: 0.0);
        foreach (var sample in Samples)
        {
            if (double.IsNaN(last.Time))
            {
                if (CountsFromZero)
                {
                    yield return (double.NaN, sample.Time, sample.Value);
                }
            }
            else
            {
                yield return (last.Time, sample.Time, sample.Value < last.Value ? sample.Value
                    : sample.Value - last.Value);
            }

            last = sample;
        }
    }
}
