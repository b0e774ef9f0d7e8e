using System.Diagnostics.Metrics;

namespace LlmMetrics.Collection;

/// <summary>
/// Listens to the meters of others by name: the framework already measures HTTP and the runtime, so their figures are
/// taken over instead of being measured twice.
/// </summary>
internal sealed class ForeignMeters : IDisposable
{
    /// <summary>Metrics at most: an app that makes instruments without end must not fill the memory.</summary>
    private const int MaxInstruments = 1000;

    private readonly MeterListener _listener = new();
    private readonly InstrumentRegistry _registry;
    private readonly SelfDiagnostics _diagnostics;
    private readonly Recorder _recorder;
    private readonly IMeterFactory? _factory;
    private readonly TagFilter _filter;
    private readonly HashSet<string> _names;
    private readonly Lock _adding = new();
    private readonly bool _collect;
    private readonly Dictionary<(string Meter, string Name, MetricKind Kind, bool IsInteger), ForeignInstrument>
        _known = [];

    private int _generation;

    public ForeignMeters(
        InstrumentRegistry registry, Recorder recorder, LlmMetricsOptions options, IMeterFactory? factory,
        SelfDiagnostics diagnostics)
    {
        _registry = registry;
        _recorder = recorder;
        _factory = factory;
        _diagnostics = diagnostics;
        _filter = new TagFilter(options);
        _names = [.. options.Meters];
        _collect = options.Collect;
        _listener.InstrumentPublished = Published;
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(
            static (_, value, tags, state) => Take(state, (double)value, tags));
    }

    public void Start() => _listener.Start();

    /// <summary>Calls the callbacks of observable instruments. What they throw is counted.</summary>
    public void Observe()
    {
        var generation = Interlocked.Increment(ref _generation);
        lock (_adding)
        {
            foreach (var instrument in _known.Values)
            {
                if (instrument.Storage is { } storage)
                {
                    storage.Generation = generation;
                }
            }
        }

        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (Exception exception)
        {
            // The other instruments have been observed: the listener collects exceptions to the end.
            _diagnostics.Failed(LossReason.Callback, exception);
        }
    }

    public void Dispose() => _listener.Dispose();

    private static void Take(object? state, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((ForeignInstrument)state!).Take(value, tags);

    private static void Take(object? state, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((ForeignInstrument)state!).Take(value, tags);

    private void Published(Instrument instrument, MeterListener listener)
    {
        try
        {
            if (IsWanted(instrument) && Adopt(instrument) is { } adopted)
            {
                listener.EnableMeasurementEvents(instrument, adopted);
            }
        }
        catch (Exception exception)
        {
            // Thrown here it would surface where the app creates its instrument.
            _diagnostics.Failed(LossReason.Failure, exception);
        }
    }

    private bool IsWanted(Instrument instrument) =>
        !ReferenceEquals(instrument.Meter, _registry.Meter)
        && _names.Contains(instrument.Meter.Name)
        && (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, _factory));

    private ForeignInstrument? Adopt(Instrument instrument)
    {
        var derive = HttpFacts.DerivationOf(instrument, _recorder);
        var isCollected = _collect && !_filter.IsDisabled(instrument.Name);
        if (!isCollected && derive is null)
        {
            return null;
        }

        lock (_adding)
        {
            var key = ForeignInstrument.KeyOf(instrument);
            if (_known.TryGetValue(key, out var foreign))
            {
                return foreign;
            }

            if (_known.Count >= MaxInstruments)
            {
                _diagnostics.Dropped(LossReason.Instruments);
                return null;
            }

            var storage = isCollected
                ? _registry.AddForeign(id => ForeignInstrument.Describe(id, instrument), instrument.IsObservable)
                : null;
            foreign = new ForeignInstrument(instrument, storage, _filter, _diagnostics) { Derive = derive };
            _known.Add(key, foreign);
            return foreign;
        }
    }
}
