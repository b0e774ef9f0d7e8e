using LlmMetrics.Collection;

namespace LlmMetrics.Export;

/// <summary>
/// Calls one exporter: one call at a time, on the thread pool, with a timeout. One that hangs loses its lease and is
/// left alone until it returns; nothing else waits for it.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Reliability", "CA1001", Justification = "A hung export may release the semaphore after shutdown.")]
internal sealed class ExporterWorker(
    string name, IMetricsExporter exporter, ExportSchedule schedule, TimeProvider time, SelfDiagnostics diagnostics)
{
    private const long Never = long.MinValue;

    private static readonly AsyncLocal<ExporterWorker?> _exporting = new();

    private readonly SemaphoreSlim _idle = new(1, 1);

    private long _lastSuccess = Never;

    public string Name => name;

    /// <summary>How long ago it succeeded last, or was started; null before that.</summary>
    public TimeSpan? Age =>
        Volatile.Read(ref _lastSuccess) is var last and not Never ? time.GetElapsedTime(last) : null;

    public ExportSchedule Schedule => schedule;

    /// <summary>From now on it is expected to succeed.</summary>
    public void Start() => Volatile.Write(ref _lastSuccess, time.GetTimestamp());

    /// <summary>
    /// Exports and disposes the lease. Never throws; the result says whether the exporter succeeded in time. While a
    /// call is under way, a scheduled export is skipped and counted, a wanted one waits for it.
    /// </summary>
    public async Task<bool> ExportAsync(MetricsSnapshot lease, bool wait, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        if (!await EnterAsync(wait, cancellationToken).ConfigureAwait(false))
        {
            lease.Dispose();
            diagnostics.Exported(name, time.GetElapsedTime(start), "busy");
            return false;
        }

        var timeout = new CancellationTokenSource(schedule.Timeout, time);
        var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var export = Task.Run(() => CallAsync(lease, linked.Token), CancellationToken.None);
        string? failure = null;
        Exception? error = null;
        try
        {
            await export.WaitAsync(linked.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            error = exception;
            failure = linked.IsCancellationRequested ? "timeout" : "error";
        }

        if (failure is null)
        {
            Volatile.Write(ref _lastSuccess, time.GetTimestamp());
        }

        diagnostics.Exported(name, time.GetElapsedTime(start), failure, error);
        if (export.IsCompleted)
        {
            lease.Dispose();
            Leave(timeout, linked);
        }
        else
        {
            // It may be reading at this moment, so its buffers must not be used again.
            lease.Revoke();
            _ = LeaveWhenDoneAsync(export, timeout, linked);
        }

        return failure is null;
    }

    private async Task<bool> EnterAsync(bool wait, CancellationToken cancellationToken)
    {
        // An exporter that asks for an export would wait for itself.
        if (!wait || _exporting.Value == this)
        {
            return await _idle.WaitAsync(0, CancellationToken.None).ConfigureAwait(false);
        }

        // One token for both: a wait that is left but not taken back would take the place of the next export.
        using var timeout = new CancellationTokenSource(schedule.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _idle.WaitAsync(linked.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private Task CallAsync(MetricsSnapshot lease, CancellationToken cancellationToken)
    {
        _exporting.Value = this;
        return exporter.ExportAsync(lease, cancellationToken).AsTask();
    }

    private async Task LeaveWhenDoneAsync(Task export, CancellationTokenSource timeout, CancellationTokenSource linked)
    {
        await export.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Leave(timeout, linked);
    }

    private void Leave(CancellationTokenSource timeout, CancellationTokenSource linked)
    {
        linked.Dispose();
        timeout.Dispose();
        _idle.Release();
    }
}
