namespace LlmMetrics.Workload.Sources;

/// <summary>Where measurements are read from.</summary>
internal interface IMetricSource
{
    /// <summary>What messages and reports call it.</summary>
    string Name { get; }

    /// <summary>Start of what is read, in seconds since 1970; NaN if unknown.</summary>
    double Start { get; }

    /// <summary>End of what is read, in seconds since 1970; NaN if unknown.</summary>
    double End { get; }

    /// <summary>Tells the source which gauge holds the app's uptime: it may say when counting began.</summary>
    Task UseUptimeAsync(MetricReference? uptime, CancellationToken cancellation);

    /// <summary>The series of a metric; none if there is no such metric.</summary>
    Task<IReadOnlyList<SampledSeries>> ReadAsync(MetricReference metric, SeriesPart part,
        CancellationToken cancellation);

    /// <summary>
    /// What was added to each bucket of a histogram, over the series that are taken; null without any.
    /// </summary>
    Task<(IReadOnlyList<double> Bounds, IReadOnlyList<double> Counts)?> ReadBucketsAsync(
        MetricReference metric, Func<IReadOnlyDictionary<string, string>, bool> take, CancellationToken cancellation);

    /// <summary>Names of metrics that look as if they were about language models, for messages.</summary>
    Task<IReadOnlyList<string>> SuggestAsync(CancellationToken cancellation);
}
