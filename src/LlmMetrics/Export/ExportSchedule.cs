namespace LlmMetrics;

/// <summary>When an exporter is called.</summary>
public sealed record ExportSchedule
{
    /// <summary>Time between two exports.</summary>
    /// <value>60 seconds. At least 100 milliseconds.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an export may take before it is cancelled and its lease of the snapshot ends.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
