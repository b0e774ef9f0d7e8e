namespace LlmMetrics.AI.Calls;

/// <summary>What is known of a call before it is made.</summary>
internal sealed record ClientPlan(LlmMetricsRuntime Metrics, ClientIdentity Who, string Operation)
{
    public string? Model { get; init; }

    public bool IsStream { get; init; }

    public long? Characters { get; init; }
}
