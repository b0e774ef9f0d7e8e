using System.Diagnostics.Metrics;
using LlmMetrics.Profiles;

namespace LlmMetrics.Collection;

/// <summary>
/// The instruments of this library and the metrics that they are collected in. Each name is made once.
/// </summary>
internal sealed class InstrumentRegistry(Meter meter, LlmMetricsOptions options, SelfDiagnostics diagnostics)
{
    /// <summary>Instruments at most: the OpenTelemetry SDK silently ignores what is beyond its 1,000.</summary>
    private const int MaxInstruments = 900;

    private readonly Lock _adding = new();
    private readonly Dictionary<string, InstrumentEntry> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly KeyValuePair<string, object?>[] _constantTags = [.. options.ConstantTags
        .Select(static tag => new KeyValuePair<string, object?>(tag.Key, TagText.Sanitise(tag.Value)))];

    private MetricStorage[] _storages = [];

    public Meter Meter => meter;

    public ReadOnlySpan<KeyValuePair<string, object?>> ConstantTags => _constantTags;

    /// <summary>All metrics, own and foreign, in the order in which they came.</summary>
    public ReadOnlySpan<MetricStorage> Storages => Volatile.Read(ref _storages);

    /// <summary>Whether anyone listens to an instrument of this library.</summary>
    public bool IsListenedTo
    {
        get
        {
            lock (_adding)
            {
                return _byName.Values.Any(static entry => entry.Instrument.Enabled);
            }
        }
    }

    /// <summary>Series of all metrics.</summary>
    public long SeriesCount
    {
        get
        {
            long count = 0;
            foreach (var storage in Storages)
            {
                count += storage.Table.Count;
            }

            return count;
        }
    }

    /// <summary>Called when live values are about to be observed.</summary>
    public Action? Refresh { get; set; }

    /// <summary>The instrument of a definition under its filled-in name, or null if there are too many.</summary>
    public InstrumentEntry? GetOrAdd(InstrumentDefinition definition, string name, string description)
    {
        lock (_adding)
        {
            if (_byName.TryGetValue(name, out var known))
            {
                return known;
            }

            if (_byName.Count >= MaxInstruments)
            {
                diagnostics.Dropped(LossReason.Instruments);
                return null;
            }

            var integer = ProfileValidator.IsInteger(definition);
            var storage = AddStorage(new MetricDescriptor(
                _storages.Length, name, definition.Kind, integer, definition.Buckets.ToArray())
            {
                Unit = definition.Unit,
                Description = description,
                MeterName = meter.Name,
                MeterVersion = meter.Version,
            });
            var entry = new InstrumentEntry(storage, Create(definition, storage));
            _byName.Add(name, entry);
            return entry;
        }
    }

    /// <summary>A metric that no instrument of this library feeds.</summary>
    public MetricStorage AddForeign(Func<int, MetricDescriptor> describe, bool isObserved)
    {
        lock (_adding)
        {
            return AddStorage(describe(_storages.Length), isObserved);
        }
    }

    private MetricStorage AddStorage(MetricDescriptor descriptor, bool isObserved = false)
    {
        var storage = new MetricStorage(descriptor, options.Cardinality.MaxSeriesPerMetric, diagnostics)
        {
            IsObserved = isObserved,
        };
        Volatile.Write(ref _storages, [.. _storages, storage]);
        return storage;
    }

    private Instrument Create(InstrumentDefinition definition, MetricStorage storage)
    {
        var (name, unit, text) = (storage.Descriptor.Name, Empty(definition.Unit), Empty(storage.Descriptor.Description));
        var integer = storage.Descriptor.IsInteger;
        return (definition.Kind, integer) switch
        {
            (MetricKind.Counter, true) => meter.CreateCounter<long>(name, unit, text),
            (MetricKind.Counter, false) => meter.CreateCounter<double>(name, unit, text),
            (MetricKind.UpDownCounter, _) => meter.CreateObservableUpDownCounter(name, storage.Observe, unit, text),
            (MetricKind.Gauge, true) when IsLive(definition) =>
                meter.CreateObservableGauge(name, () => Observe(storage.Observe), unit, text),
            (MetricKind.Gauge, false) when IsLive(definition) =>
                meter.CreateObservableGauge(name, () => Observe(storage.ObserveDouble), unit, text),
            (MetricKind.Gauge, true) => meter.CreateGauge<long>(name, unit, text),
            (MetricKind.Gauge, false) => meter.CreateGauge<double>(name, unit, text),
            (_, true) => meter.CreateHistogram(name, unit, text, advice: new InstrumentAdvice<long>
            {
                HistogramBucketBoundaries = [.. definition.Buckets.Select(static bound => (long)bound)],
            }),
            (_, false) => meter.CreateHistogram(name, unit, text, advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = definition.Buckets,
            }),
        };
    }

    private static bool IsLive(InstrumentDefinition definition) => definition.Fact == FactKind.App;

    private static string? Empty(string text) => text.Length == 0 ? null : text;

    private IEnumerable<Measurement<T>> Observe<T>(Func<IEnumerable<Measurement<T>>> observe)
        where T : struct
    {
        Refresh?.Invoke();
        return observe();
    }
}
