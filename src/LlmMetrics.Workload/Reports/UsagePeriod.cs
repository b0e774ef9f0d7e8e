namespace LlmMetrics;

/// <summary>How finely a usage report goes over time.</summary>
public enum UsagePeriod
{
    /// <summary>The whole time only.</summary>
    None,

    /// <summary>Hour by hour.</summary>
    Hour,

    /// <summary>Day by day, UTC.</summary>
    Day,
}
