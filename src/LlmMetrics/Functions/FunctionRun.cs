using System.Diagnostics;
using LlmMetrics.Facts;

namespace LlmMetrics;

/// <summary>One run of a function that is neither agent, workflow nor tool.</summary>
/// <remarks>
/// The function's name is bounded by the cardinality guard; arguments and results are never recorded.
/// </remarks>
public readonly struct FunctionRun
{
    private readonly FactData _data;

    /// <summary>An empty fact, of outcome <see cref="LlmOutcome.Ok"/>.</summary>
    public FunctionRun() => _data.Closed.HasOutcome = true;

    /// <summary>Name of the function.</summary>
    public string? Function
    {
        get => _data.KeyFields[(int)FactField.Function];
        init => _data.KeyFields[(int)FactField.Function] = value;
    }

    /// <summary>Agent that ran it; taken from the current scope unless set.</summary>
    public string? Agent
    {
        get => _data.KeyFields[(int)FactField.Agent];
        init => _data.KeyFields[(int)FactField.Agent] = value;
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

    /// <summary>How long it took. Unknown unless set.</summary>
    public TimeSpan? Duration
    {
        get => _data.Time(FactValue.Duration);
        init => _data.Set(FactValue.Duration, value);
    }

    /// <summary>Trace and span that metrics link to as an exemplar. None unless set.</summary>
    public ActivityContext TraceContext
    {
        get => _data.Trace;
        init => _data.Trace = value;
    }

    internal static ref readonly FactData Data(in FunctionRun fact) => ref fact._data;
}
