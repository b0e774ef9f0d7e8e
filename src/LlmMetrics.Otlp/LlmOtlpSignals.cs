namespace LlmMetrics;

/// <summary>What is sent.</summary>
[Flags]
public enum LlmOtlpSignals
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Metrics.</summary>
    Metrics = 1,

    /// <summary>Traces.</summary>
    Traces = 2,

    /// <summary>Metrics and traces.</summary>
    All = Metrics | Traces,
}
