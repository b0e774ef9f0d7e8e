using Microsoft.Extensions.Logging;

namespace LlmMetrics.Collection;

/// <summary>
/// Reads all metrics at one moment. One collection at a time; who asks while one is waited for shares it.
/// </summary>
internal sealed class Collector : IDisposable
{
    private readonly InstrumentRegistry _registry;
    private readonly ObservablePass _observables;
    private readonly MetricsResource _resource;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _startTime;
    private readonly Lock _collecting = new();
    private readonly Lock _pooling = new();
    private readonly Stack<SnapshotData> _pool = new();
    private MetricsSnapshot? _shared;
    private long _asked;
    private long _answered;
    private int _sharers;

    public Collector(
        InstrumentRegistry registry, ForeignMeters foreign, MetricsResource resource, LlmMetricsOptions options,
        TimeProvider time, ILogger logger)
    {
        _registry = registry;
        _resource = resource;
        _time = time;
        _startTime = time.GetUtcNow();
        registry.AddObserved(new ObservableUnit(foreign.Observe));
        registry.AddObserved(new ObservableUnit(() => registry.RefreshDrivers?.Invoke()));
        _observables = new ObservablePass(() => registry.Units, options.CollectTimeout, logger);
    }

    /// <summary>
    /// A lease of values that were read after this was called. Waits for a collection under way, and for callbacks
    /// up to the collection timeout.
    /// </summary>
    public MetricsSnapshot Lease()
    {
        if (_observables.IsOnItsThread)
        {
            return Read();
        }

        var ticket = Interlocked.Increment(ref _asked);
        lock (_collecting)
        {
            if (ticket <= _answered && _shared is { } shared)
            {
                var lease = shared.Share();
                if (--_sharers == 0)
                {
                    shared.Dispose();
                    _shared = null;
                }

                return lease;
            }

            var answers = Volatile.Read(ref _asked);
            var snapshot = Collect();
            _shared?.Dispose();
            _answered = answers;
            _sharers = (int)(answers - ticket);
            _shared = _sharers > 0 ? snapshot.Share() : null;
            return snapshot;
        }
    }

    /// <summary>
    /// The same for who must not be kept waiting. A callback that asks is part of a collection and gets what there is.
    /// </summary>
    public Task<MetricsSnapshot> LeaseAsync() =>
        _observables.IsOnItsThread ? Task.FromResult(Read()) : Task.Run(Lease);

    public void Dispose() => _observables.Dispose();

    private MetricsSnapshot Collect()
    {
        _observables.Run();
        _registry.Refresh?.Invoke();
        return Read();
    }

    private MetricsSnapshot Read()
    {
        var data = Rent();
        data.Timestamp = _time.GetUtcNow();
        data.StartTime = _startTime;
        foreach (var storage in _registry.Storages)
        {
            if (storage.IsCollected)
            {
                data.Add(storage);
            }
        }

        return new MetricsSnapshot(data, _resource);
    }

    private SnapshotData Rent()
    {
        lock (_pooling)
        {
            return _pool.TryPop(out var data) ? data : new SnapshotData { Recycle = Return };
        }
    }

    private void Return(SnapshotData data)
    {
        lock (_pooling)
        {
            if (_pool.Count < 4)
            {
                _pool.Push(data);
            }
        }
    }
}
