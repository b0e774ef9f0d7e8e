using System.Diagnostics.Metrics;
using LlmMetrics.Collection;
using LlmMetrics.Facts;

namespace LlmMetrics.Database;

/// <summary>
/// The pools of an app. Drivers that tell of their pools on a meter (Npgsql 10 does, by the conventions' names) are
/// asked at each collection; connections of other drivers are counted by the wrapper.
/// </summary>
internal sealed class DbPools : IDisposable
{
    private const string Duration = "db.client.operation.duration";
    private const string Count = "db.client.connection.count";
    private const string Max = "db.client.connection.max";
    private const int MaxPools = 200;
    private const int MaxReadings = 10_000;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    private readonly LlmMetricsRuntime _runtime;
    private readonly MeterListener _listener = new();
    private readonly Lock _changing = new();
    private readonly Lock _publishing = new();
    private readonly Lock _observing = new();
    private readonly List<Reading> _readings = [];
    private readonly Dictionary<string, DbPool> _pools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DbPool?> _byDriverName = new(StringComparer.Ordinal);
    private volatile KeyValuePair<string, Instrument>[] _durations = [];

    public DbPools(LlmMetricsRuntime runtime)
    {
        _runtime = runtime;
        _listener.InstrumentPublished = Published;
        _listener.SetMeasurementEventCallback<int>(static (instrument, value, tags, state) =>
            ((DbPools)state!).Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>(static (instrument, value, tags, state) =>
            ((DbPools)state!).Take(instrument, value, tags));
    }

    public void Start() => _listener.Start();

    public void Dispose() => _listener.Dispose();

    /// <summary>Whether the driver measures its commands itself and somebody listens to that.</summary>
    public bool IsMeasuredBy(DbDriver driver)
    {
        foreach (var (meter, instrument) in _durations)
        {
            if (meter == driver.Meter)
            {
                return instrument.Enabled;
            }
        }

        return false;
    }

    /// <summary>A pool that the wrapper counts. Never throws.</summary>
    /// <param name="name">How the app calls it.</param>
    /// <param name="connectionString">
    /// The connection string. Kept only if it is a data source's, without password.
    /// </param>
    /// <param name="isSource">
    /// Whether it is a data source's: drivers call their pools by it unless told otherwise.
    /// </param>
    public DbPool Wrap(string name, string? connectionString, bool isSource)
    {
        var address = PoolAddress.Parse(connectionString, out var max);
        lock (_changing)
        {
            if (!_pools.TryGetValue(name, out var pool))
            {
                pool = new DbPool(name);
                if (_pools.Count < MaxPools)
                {
                    _pools.Add(name, pool);
                }
            }

            pool.IsWrapped = true;
            if (isSource)
            {
                pool.DriverName ??= connectionString;
            }
            else
            {
                pool.Address ??= address;
            }

            pool.Max ??= max;
            _byDriverName.Clear();
            return pool;
        }
    }

    /// <summary>Records how all pools stand. Never throws.</summary>
    public void Refresh()
    {
        // Who collects besides (the OpenTelemetry SDK) does not wait for a driver that hangs either.
        if (!_observing.TryEnter(_patience))
        {
            return;
        }

        try
        {
            Observe();
            lock (_changing)
            {
                RecordAll();
            }
        }
        finally
        {
            _observing.Exit();
        }
    }

    /// <summary>
    /// Asks the drivers, without the lock that wrapping takes: one that hangs must not keep the app from opening
    /// connections.
    /// </summary>
    private void Observe()
    {
        _readings.Clear();
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (Exception exception)
        {
            _runtime.Diagnostics.Failed(LossReason.Callback, exception);
        }
    }

    private void RecordAll()
    {
        foreach (var pool in _pools.Values)
        {
            // A pool of which the driver tells no more is closed.
            pool.DriverUsed = pool.DriverUsed is null ? null : 0;
            pool.DriverIdle = pool.DriverIdle is null ? null : 0;
        }

        foreach (var reading in _readings)
        {
            Apply(reading);
        }

        foreach (var pool in _pools.Values)
        {
            Record(pool);
        }
    }

    private void Record(DbPool pool)
    {
        var fact = default(FactData);
        fact.KeyFields[(int)FactField.Pool] = pool.Name;
        fact.Closed.MeasuredByDriver = pool.DriverUsed is not null;
        fact.Set(FactValue.UsedConnections, pool.DriverUsed ?? (pool.IsWrapped ? pool.Opened : null));
        fact.Set(FactValue.IdleConnections, pool.DriverIdle);
        fact.Set(FactValue.MaxConnections, pool.Max);
        _runtime.Recorder.Record(FactKind.DbPool, in fact);
    }

    private void Published(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == LlmMetricsNames.Meter)
        {
            return;
        }

        if (instrument.Name == Duration)
        {
            // Not the other lock: a driver publishes while its class is being made, and its callbacks wait for that.
            lock (_publishing)
            {
                _durations = [.. _durations, new(instrument.Meter.Name, instrument)];
            }
        }
        else if (instrument.Name is Count or Max && instrument.IsObservable)
        {
            listener.EnableMeasurementEvents(instrument, this);
        }
    }

    private void Take(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? name = null;
        string? state = null;
        foreach (ref readonly var tag in tags)
        {
            if (tag.Key == "db.client.connection.pool.name")
            {
                name = tag.Value as string;
            }
            else if (tag.Key == "db.client.connection.state")
            {
                state = tag.Value as string;
            }
        }

        if (name is not null && _readings.Count < MaxReadings)
        {
            _readings.Add(new Reading(name, instrument.Name == Max ? Max : state, value));
        }
    }

    private void Apply(Reading reading)
    {
        if (Find(reading.Pool) is not { } pool)
        {
            return;
        }

        switch (reading.State)
        {
            case Max:
                pool.Max = reading.Value;
                break;
            case "used":
                pool.DriverUsed = (pool.DriverUsed ?? 0) + reading.Value;
                break;
            case "idle":
                pool.DriverIdle = (pool.DriverIdle ?? 0) + reading.Value;
                break;
        }
    }

    /// <summary>The pool that the driver calls so: by its name, by where it leads to, or a new one.</summary>
    private DbPool? Find(string driverName)
    {
        if (_byDriverName.TryGetValue(driverName, out var known))
        {
            return known;
        }

        var address = PoolAddress.Parse(driverName, out _);
        var pool = _pools.GetValueOrDefault(driverName)
            ?? _pools.Values.FirstOrDefault(other => other.DriverName == driverName)
            ?? _pools.Values.FirstOrDefault(other => address is not null && address == other.Address);
        if (pool is null && _pools.Count < MaxPools)
        {
            // Not the connection string: it tells hosts and users.
            var name = address?.Database is { Length: > 0 } database
                ? database
                : address is null ? driverName : "default";
            if (!_pools.TryGetValue(name, out pool))
            {
                _pools.Add(name, pool = new DbPool(name));
            }
        }

        if (_byDriverName.Count < MaxPools)
        {
            _byDriverName.Add(driverName, pool);
        }

        return pool;
    }

    /// <summary>What a driver tells of a pool: its maximum, or its connections in a state.</summary>
    private readonly record struct Reading(string Pool, string? State, long Value);
}
