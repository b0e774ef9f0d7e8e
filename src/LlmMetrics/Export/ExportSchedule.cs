namespace LlmMetrics;

/// <summary>When an exporter is called.</summary>
public sealed record ExportSchedule
{
    internal static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(100);
    /// <summary>What timers can wait at most is a little more; adapters that export on demand wait so long.</summary>
    internal static readonly TimeSpan Max = TimeSpan.FromDays(45);

    /// <summary>Time between two exports.</summary>
    /// <value>60 seconds. 100 milliseconds to 45 days.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an export may take before it is cancelled and its lease of the snapshot ends.</summary>
    /// <value>30 seconds. Above 0, at most 45 days.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
