using LlmMetrics.Collection;
using LlmMetrics.Facts;
using LlmMetrics.Llm;

namespace LlmMetrics.Scopes;

/// <summary>What the current scope says, with what it inherits from the scopes around it.</summary>
internal sealed class ScopeFrame
{
    private static readonly AsyncLocal<ScopeFrame?> _current = new();

    private int _inferenceCalls;
    private int _toolCalls;

    public static ScopeFrame? Current
    {
        get => _current.Value;
        set => _current.Value = value;
    }

    public required LlmMetricsRuntime Runtime { get; init; }

    /// <summary>
    /// Whether it was left before the scopes inside it, so that leaving those must not come back to it.
    /// </summary>
    public bool IsLeft { get; set; }

    public ScopeFrame? Outer { get; init; }

    /// <summary>The call under way that a layer above measures, for those beneath to tell of it.</summary>
    public LayeredCall? Call { get; init; }

    public string? Feature { get; init; }

    public string? Task { get; init; }

    public string? Agent { get; init; }

    public string? Workflow { get; init; }

    public string? Tenant { get; init; }

    /// <summary>The frame that the innermost agent's run opened; null outside of one. It counts for the run.</summary>
    public ScopeFrame? AgentFrame { get; set; }

    public int InferenceCalls => Volatile.Read(ref _inferenceCalls);

    public int ToolCalls => Volatile.Read(ref _toolCalls);

    /// <summary>The innermost scope of this runtime: scopes of another one do not attribute its facts.</summary>
    public static ScopeFrame? Of(Recorder recorder)
    {
        var frame = Current;
        while (frame is not null && frame.Runtime.Recorder != recorder)
        {
            frame = frame.Outer;
        }

        return frame;
    }

    /// <summary>The scope of a call, which attributes as the scope around it does.</summary>
    public static ScopeFrame For(LayeredCall call, LlmMetricsRuntime runtime)
    {
        var outer = Of(runtime.Recorder);
        return new ScopeFrame
        {
            Runtime = runtime,
            Outer = Current,
            Call = call,
            Feature = outer?.Feature,
            Task = outer?.Task,
            Agent = outer?.Agent,
            Workflow = outer?.Workflow,
            Tenant = outer?.Tenant,
            AgentFrame = outer?.AgentFrame,
        };
    }

    /// <summary>Leaves the scope in the current flow of control. Doing so twice changes nothing.</summary>
    public void Leave()
    {
        var current = Current;
        if (current == this)
        {
            var outer = Outer;
            while (outer is { IsLeft: true })
            {
                outer = outer.Outer;
            }

            Current = outer;
            return;
        }

        while (current is not null && current != this)
        {
            current = current.Outer;
        }

        // Left out of order. Where it is no scope of this flow, it has been left already or belongs to another flow.
        if (current is not null)
        {
            IsLeft = true;
        }
    }

    /// <summary>Counts a call or a tool for the agent whose run this is in, unless it says it is another's.</summary>
    public void Count(FactKind kind, string? agent)
    {
        if (AgentFrame is not { } frame || (agent is not null && agent != frame.Agent))
        {
            return;
        }

        if (kind == FactKind.LlmCall)
        {
            Interlocked.Increment(ref frame._inferenceCalls);
        }
        else if (kind == FactKind.ToolRun)
        {
            Interlocked.Increment(ref frame._toolCalls);
        }
    }

    /// <summary>Fills in what the fact does not say itself.</summary>
    public void Fill(ref FactData.Keys keys)
    {
        Fill(ref keys, FactField.Feature, Feature);
        Fill(ref keys, FactField.Task, Task);
        Fill(ref keys, FactField.Agent, Agent);
        Fill(ref keys, FactField.Workflow, Workflow);
        Fill(ref keys, FactField.Tenant, Tenant);
    }

    private static void Fill(ref FactData.Keys keys, FactField field, string? value)
    {
        ref var key = ref keys[(int)field];
        key ??= value;
    }
}
