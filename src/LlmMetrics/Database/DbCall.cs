using System.Diagnostics;
using LlmMetrics.Facts;

namespace LlmMetrics;

/// <summary>One command that a database executed.</summary>
/// <remarks>
/// It holds the operation and the table, never the statement.
/// </remarks>
public readonly struct DbCall
{
    private readonly FactData _data;

    /// <summary>An empty fact, of outcome <see cref="LlmOutcome.Ok"/>.</summary>
    public DbCall() => _data.Closed.HasOutcome = true;

    /// <summary>Database system (<c>db.system.name</c>), such as <c>postgresql</c>.</summary>
    public string? System
    {
        get => _data.KeyFields[(int)FactField.Provider];
        init => _data.KeyFields[(int)FactField.Provider] = value;
    }

    /// <summary>SQL operation, such as <c>SELECT</c>.</summary>
    public string? Operation
    {
        get => _data.KeyFields[(int)FactField.Operation];
        init => _data.KeyFields[(int)FactField.Operation] = value;
    }

    /// <summary>Table that the command names first.</summary>
    public string? Table
    {
        get => _data.KeyFields[(int)FactField.Table];
        init => _data.KeyFields[(int)FactField.Table] = value;
    }

    /// <summary>Connection pool.</summary>
    public string? Pool
    {
        get => _data.KeyFields[(int)FactField.Pool];
        init => _data.KeyFields[(int)FactField.Pool] = value;
    }

    /// <summary>How it ended. The default is <see cref="LlmOutcome.Ok"/>.</summary>
    public LlmOutcome Outcome
    {
        get => (LlmOutcome)_data.Closed.Outcome;
        init => (_data.Closed.Outcome, _data.Closed.HasOutcome) = ((int)value, true);
    }

    /// <summary>Kind of the error: an SQLSTATE, a driver's number, <c>timeout</c>, or an exception type.</summary>
    /// <remarks>Keep it of low cardinality; never put a message here.</remarks>
    public string? ErrorType
    {
        get => _data.KeyFields[(int)FactField.ErrorType];
        init => _data.KeyFields[(int)FactField.ErrorType] = value;
    }

    /// <summary>Rows that were returned or changed.</summary>
    public long? Rows
    {
        get => _data.Long(FactValue.Rows);
        init => _data.Set(FactValue.Rows, value);
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

    internal static ref readonly FactData Data(in DbCall fact) => ref fact._data;
}
