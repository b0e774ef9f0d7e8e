namespace LlmMetrics.Workload.Sources;

/// <summary>Which number of a metric is wanted.</summary>
internal enum SeriesPart
{
    /// <summary>The value of a counter or gauge.</summary>
    Value,

    /// <summary>The sum of a histogram.</summary>
    Sum,

    /// <summary>The number of observations of a histogram.</summary>
    Count,
}
