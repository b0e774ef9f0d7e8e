using LlmMetrics.Facts;

namespace LlmMetrics.Scopes;

/// <summary>What the current scope says, with what it inherits from the scopes around it.</summary>
internal sealed class ScopeFrame
{
    private static readonly AsyncLocal<ScopeFrame?> s_current = new();

    public static ScopeFrame? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    public required LlmMetricsRuntime Runtime { get; init; }

    public ScopeFrame? Outer { get; init; }

    public string? Feature { get; init; }

    public string? Task { get; init; }

    public string? Agent { get; init; }

    public string? Workflow { get; init; }

    public string? Tenant { get; init; }

    /// <summary>Fills in what the fact does not say itself.</summary>
    public void Fill(ref FactData fact)
    {
        Fill(ref fact, FactField.Feature, Feature);
        Fill(ref fact, FactField.Task, Task);
        Fill(ref fact, FactField.Agent, Agent);
        Fill(ref fact, FactField.Workflow, Workflow);
        Fill(ref fact, FactField.Tenant, Tenant);
    }

    private static void Fill(ref FactData fact, FactField field, string? value)
    {
        ref var key = ref fact.KeyFields[(int)field];
        key ??= value;
    }
}
