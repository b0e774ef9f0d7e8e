namespace LlmMetrics.Monitoring;

/// <summary>Rules that Prometheus evaluates together.</summary>
/// <param name="Name">Name of the group.</param>
/// <param name="Recordings">Recording rules, evaluated first.</param>
/// <param name="Alerts">Alerts.</param>
public sealed record RuleGroup(
    string Name, IReadOnlyList<RecordingRule> Recordings, IReadOnlyList<AlertRule> Alerts)
{
    /// <summary>How often it is evaluated; null takes Prometheus's own interval.</summary>
    public TimeSpan? Interval { get; init; }
}
