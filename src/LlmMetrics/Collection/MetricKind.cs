namespace LlmMetrics;

/// <summary>What kind of metric an instrument is.</summary>
public enum MetricKind
{
    /// <summary>A cumulative sum that only grows.</summary>
    Counter,

    /// <summary>A cumulative sum that may fall, such as the number of active calls.</summary>
    UpDownCounter,

    /// <summary>A last value.</summary>
    Gauge,

    /// <summary>A distribution over explicit buckets.</summary>
    Histogram,
}
