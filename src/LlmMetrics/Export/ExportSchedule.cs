namespace LlmMetrics;

/// <summary>When an exporter is called.</summary>
public sealed record ExportSchedule
{
    internal static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(100);
    internal static readonly TimeSpan Max = TimeSpan.FromDays(1);

    /// <summary>Time between two exports.</summary>
    /// <value>60 seconds. 100 milliseconds to a day.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an export may take before it is cancelled and its lease of the snapshot ends.</summary>
    /// <value>30 seconds. Above 0, at most a day.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
