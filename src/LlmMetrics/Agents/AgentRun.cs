using System.Diagnostics;
using LlmMetrics.Facts;

namespace LlmMetrics;

/// <summary>One run of an agent.</summary>
/// <remarks>
/// The agent's name becomes a tag or part of a metric's name and is bounded by the cardinality guard.
/// </remarks>
public readonly struct AgentRun
{
    private readonly FactData _data;

    /// <summary>An empty fact, of outcome <see cref="LlmOutcome.Ok"/>.</summary>
    public AgentRun() => _data.Closed.HasOutcome = true;

    /// <summary>Name of the agent.</summary>
    public string? Agent
    {
        get => _data.KeyFields[(int)FactField.Agent];
        init => _data.KeyFields[(int)FactField.Agent] = value;
    }

    /// <summary>Workflow that it ran in; taken from the current scope unless set.</summary>
    public string? Workflow
    {
        get => _data.KeyFields[(int)FactField.Workflow];
        init => _data.KeyFields[(int)FactField.Workflow] = value;
    }

    /// <summary>Feature of the app; taken from the current scope unless set.</summary>
    public string? Feature
    {
        get => _data.KeyFields[(int)FactField.Feature];
        init => _data.KeyFields[(int)FactField.Feature] = value;
    }

    /// <summary>Tenant; taken from the current scope unless set.</summary>
    public string? Tenant
    {
        get => _data.KeyFields[(int)FactField.Tenant];
        init => _data.KeyFields[(int)FactField.Tenant] = value;
    }

    /// <summary>How it ended. The default is <see cref="LlmOutcome.Ok"/>.</summary>
    public LlmOutcome Outcome
    {
        get => (LlmOutcome)_data.Closed.Outcome;
        init => (_data.Closed.Outcome, _data.Closed.HasOutcome) = ((int)value, true);
    }

    /// <summary>Kind of the error, such as an exception type.</summary>
    /// <remarks>Keep it of low cardinality; never put a message here.</remarks>
    public string? ErrorType
    {
        get => _data.KeyFields[(int)FactField.ErrorType];
        init => _data.KeyFields[(int)FactField.ErrorType] = value;
    }

    /// <summary>What the agent's cache did.</summary>
    public CacheResult Cache
    {
        get => (CacheResult)_data.Closed.Cache;
        init => _data.Closed.Cache = (int)value;
    }

    /// <summary>How long it took. Unknown unless set.</summary>
    public TimeSpan? Duration
    {
        get => _data.Time(FactValue.Duration);
        init => _data.Set(FactValue.Duration, value);
    }

    /// <summary>Calls on language models that it made (<c>gen_ai.invoke_agent.inference_calls</c>).</summary>
    /// <value>Unknown unless set.</value>
    public long? InferenceCalls
    {
        get => _data.Long(FactValue.InferenceCalls);
        init => _data.Set(FactValue.InferenceCalls, value);
    }

    /// <summary>Runs of tools that it made (<c>gen_ai.invoke_agent.tool_calls</c>).</summary>
    /// <value>Unknown unless set.</value>
    public long? ToolCalls
    {
        get => _data.Long(FactValue.ToolCalls);
        init => _data.Set(FactValue.ToolCalls, value);
    }

    /// <summary>Trace and span that metrics link to as an exemplar. None unless set.</summary>
    public ActivityContext TraceContext
    {
        get => _data.Trace;
        init => _data.Trace = value;
    }

    internal static ref readonly FactData Data(in AgentRun fact) => ref fact._data;
}
