using System.Diagnostics;
using LlmMetrics.Collection;

namespace LlmMetrics;

/// <summary>Draft: the running library.</summary>
public sealed class LlmMetricsRuntime : IDisposable, IAsyncDisposable
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

    /// <summary>Who measures.</summary>
    public MetricsResource Resource { get; } = new(new Dictionary<string, string>());

    /// <summary>Collects (or shares a collection under way) and leases the snapshot to the caller, who disposes it.</summary>
    public MetricsSnapshot LeaseSnapshot() => throw new NotSupportedException();

    /// <summary>Collects and returns an owned snapshot that stays valid.</summary>
    public MetricsSnapshot GetSnapshot() => throw new NotSupportedException();

    /// <summary>Counts a loss of an adapter under <c>llmmetrics.dropped</c>.</summary>
    public void ReportDropped(string reason, long count = 1) => Diagnostics.Dropped(reason, count);

    /// <inheritdoc/>
    public void Dispose() => Activities.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
