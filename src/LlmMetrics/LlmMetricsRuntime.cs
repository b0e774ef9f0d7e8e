using System.Diagnostics;
using LlmMetrics.Collection;

namespace LlmMetrics;

/// <summary>Draft: the running library.</summary>
public sealed class LlmMetricsRuntime
{
    internal LlmMetricsRuntime(Recorder recorder, TimeProvider time)
    {
        Recorder = recorder;
        Time = time;
    }

    internal Recorder Recorder { get; }

    internal SelfDiagnostics Diagnostics { get; } = new();

    internal TimeProvider Time { get; }

    internal ActivitySource Activities { get; } = new("LlmMetrics");
}
