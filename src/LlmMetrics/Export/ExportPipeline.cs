using LlmMetrics.Collection;

namespace LlmMetrics.Export;

/// <summary>All exporters with their schedules.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Reliability", "CA1001", Justification = "The token is read by loops that may outlive the shutdown.")]
internal sealed class ExportPipeline(
    IReadOnlyList<ExporterWorker> workers, Collector collector, TimeProvider time, TimeSpan shutdownTimeout,
    SelfDiagnostics diagnostics)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task[] _loops = [];
    private int _stopped;

    public void Start()
    {
        foreach (var worker in workers)
        {
            worker.Start();
        }

        _loops = [.. workers.Select(worker => Task.Run(() => RunAsync(worker)))];
    }

    /// <summary>How long ago each exporter that was started succeeded last, or was started.</summary>
    public IEnumerable<(string Name, TimeSpan Age, ExportSchedule Schedule)> Ages()
    {
        foreach (var worker in workers)
        {
            if (worker.Age is { } age)
            {
                yield return (worker.Name, age, worker.Schedule);
            }
        }
    }

    /// <summary>Exports one snapshot to all exporters at once.</summary>
    public async Task<bool> ExportAllAsync(CancellationToken cancellationToken)
    {
        if (workers.Count == 0)
        {
            return true;
        }

        using var snapshot = await collector.LeaseAsync().ConfigureAwait(false);
        var exports = workers.Select(worker => worker.ExportAsync(snapshot.Share(), wait: true, cancellationToken));
        var results = await Task.WhenAll([.. exports]).ConfigureAwait(false);
        return Array.TrueForAll(results, static succeeded => succeeded);
    }

    /// <summary>Stops the schedules and exports a last time, within the shutdown timeout. Idempotent.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(shutdownTimeout, time);

        // On the pool and with one deadline for all: a collection may wait for a callback that hangs.
        await Task.Run(() => FlushAsync(deadline.Token), CancellationToken.None).WaitAsync(deadline.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ExportAllAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task RunAsync(ExporterWorker worker)
    {
        using var timer = new PeriodicTimer(worker.Schedule.Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
            {
                try
                {
                    // Not cancelled with the schedule: an export under way at shutdown may end in its own time.
                    var export = worker.ExportAsync(collector.Lease(), wait: false, CancellationToken.None);
                    await export.WaitAsync(_stopping.Token).ConfigureAwait(false);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // Whatever went wrong, the next export has its chance.
                    diagnostics.Failed(LossReason.Failure, exception);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The app stops; the last export follows.
        }
    }
}
