using System.Diagnostics;
using LlmMetrics.Facts;

namespace LlmMetrics;

/// <summary>One error that the app met.</summary>
/// <remarks>
/// Type and severity are tags: keep them of low cardinality, and never put a message there.
/// </remarks>
public readonly struct ErrorEvent
{
    private readonly FactData _data;

    /// <summary>Kind of the error, such as an exception type.</summary>
    public string? ErrorType
    {
        get => _data.KeyFields[(int)FactField.ErrorType];
        init => _data.KeyFields[(int)FactField.ErrorType] = value;
    }

    /// <summary>Severity, such as <c>error</c> or <c>critical</c>.</summary>
    public string? Severity
    {
        get => _data.KeyFields[(int)FactField.Severity];
        init => _data.KeyFields[(int)FactField.Severity] = value;
    }

    /// <summary>Feature of the app; taken from the current scope unless set.</summary>
    public string? Feature
    {
        get => _data.KeyFields[(int)FactField.Feature];
        init => _data.KeyFields[(int)FactField.Feature] = value;
    }

    /// <summary>Trace and span that metrics link to as an exemplar. None unless set.</summary>
    public ActivityContext TraceContext
    {
        get => _data.Trace;
        init => _data.Trace = value;
    }

    internal static ref readonly FactData Data(in ErrorEvent fact) => ref fact._data;
}
