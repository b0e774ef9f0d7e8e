using System.Diagnostics.Metrics;
using LlmMetrics.Profiles;

namespace LlmMetrics.Collection;

/// <summary>
/// The instruments of this library and the metrics that they are collected in. Each name is made once.
/// </summary>
internal sealed class InstrumentRegistry(
    Meter meter, LlmMetricsOptions options, SelfDiagnostics diagnostics, TimeProvider time)
{
    /// <summary>Instruments at most: the OpenTelemetry SDK silently ignores what is beyond its 1,000.</summary>
    private const int MaxInstruments = 900;

    private readonly Lock _adding = new();
    private readonly Dictionary<string, InstrumentEntry> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly KeyValuePair<string, object?>[] _constantTags = [.. options.ConstantTags
        .Select(static tag => new KeyValuePair<string, object?>(tag.Key, TagText.Sanitise(tag.Value)))];

    private MetricStorage[] _storages = [];
    private ObservableUnit[] _units = [];
    private PresetSeries[] _presets = [];

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

    /// <summary>Brings the live values of the profiles up to date, before they are observed. Never hangs.</summary>
    public Action? Refresh { get; set; }

    /// <summary>Brings live values up to date that drivers have to be asked for, and that may hang with them.</summary>
    public Action? RefreshDrivers { get; set; }

    /// <summary>What is observed in a collection and may hang, each on its own.</summary>
    public ObservableUnit[] Units => Volatile.Read(ref _units);

    /// <summary>Remembers a series that exists before anything has happened.</summary>
    public void Preset(InstrumentDefinition definition, InstrumentEntry entry, Series series)
    {
        var update = new SeriesUpdate(definition, entry.Storage.Descriptor.IsInteger, collect: false);
        lock (_adding)
        {
            if (!Array.Exists(_presets, known => known.Series == series))
            {
                _presets = [.. _presets, new PresetSeries(update, entry, series)];
            }
        }
    }

    /// <summary>Tells listeners, who may have come later, of series that exist before anything has happened.</summary>
    public void PublishPresets()
    {
        foreach (var preset in Volatile.Read(ref _presets))
        {
            preset.Update.Apply(0, preset.Series, preset.Entry.Instrument, diagnostics);
        }
    }

    /// <summary>Adds what is observed in each collection.</summary>
    public void AddObserved(ObservableUnit unit)
    {
        lock (_adding)
        {
            _units = [.. _units, unit];
        }
    }

    /// <summary>The instrument of this name, if there is one.</summary>
    public InstrumentEntry? Find(string name)
    {
        lock (_adding)
        {
            return _byName.GetValueOrDefault(name);
        }
    }

    /// <summary>
    /// The instrument of a definition under its filled-in name; null if there are too many, or if another kind of
    /// instrument has that name already, which only a filled-in name can come to.
    /// </summary>
    /// <param name="definition">The definition.</param>
    /// <param name="name">The name.</param>
    /// <param name="description">The description.</param>
    /// <param name="observe">Brings the value of a live gauge of the app's up to date.</param>
    public InstrumentEntry? GetOrAdd(
        InstrumentDefinition definition, string name, string description, Action? observe = null)
    {
        lock (_adding)
        {
            if (_byName.TryGetValue(name, out var known))
            {
                if (IsFor(known, definition))
                {
                    return known;
                }

                diagnostics.Dropped(LossReason.NameConflict);
                return null;
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
            }, isObserved: observe is not null, isLive: IsLive(definition));
            var entry = new InstrumentEntry(storage, Create(definition, storage, observe ?? RefreshOwn));
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

    public static bool IsFor(InstrumentEntry entry, InstrumentDefinition definition) =>
        entry.Storage.Descriptor.Kind == definition.Kind
        && entry.Storage.Descriptor.IsInteger == ProfileValidator.IsInteger(definition);

    private MetricStorage AddStorage(MetricDescriptor descriptor, bool isObserved, bool isLive = false)
    {
        var storage = new MetricStorage(descriptor, options.Cardinality.MaxSeriesPerMetric, diagnostics)
        {
            IsObserved = isObserved,
            IsCollected = options.Collect || isObserved || isLive || descriptor.Kind == MetricKind.UpDownCounter,
            Idle = options.HideIdleAfter is { } idle && !isObserved && !isLive
                ? new IdleTracker(time, idle, descriptor.Kind)
                : null,
        };
        Volatile.Write(ref _storages, [.. _storages, storage]);
        return storage;
    }

    private Instrument Create(InstrumentDefinition definition, MetricStorage storage, Action observe)
    {
        var (name, unit) = (storage.Descriptor.Name, Empty(definition.Unit));
        var text = Empty(storage.Descriptor.Description);
        var integer = storage.Descriptor.IsInteger;
        return (definition.Kind, integer) switch
        {
            (MetricKind.Counter, true) => meter.CreateCounter<long>(name, unit, text),
            (MetricKind.Counter, false) => meter.CreateCounter<double>(name, unit, text),
            (MetricKind.UpDownCounter, _) when IsLive(definition) =>
                meter.CreateObservableUpDownCounter(name, () => Observe(observe, storage.Observe), unit, text),
            (MetricKind.UpDownCounter, _) => meter.CreateObservableUpDownCounter(name, storage.Observe, unit, text),
            (MetricKind.Gauge, true) when IsLive(definition) =>
                meter.CreateObservableGauge(name, () => Observe(observe, storage.Observe), unit, text),
            (MetricKind.Gauge, false) when IsLive(definition) =>
                meter.CreateObservableGauge(name, () => Observe(observe, storage.ObserveDouble), unit, text),
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

    private static bool IsLive(InstrumentDefinition definition) =>
        definition.Fact is FactKind.App or FactKind.DbPool or FactKind.Budget;

    private static string? Empty(string text) => text.Length == 0 ? null : text;

    private static IEnumerable<Measurement<T>> Observe<T>(Action observe, Func<IEnumerable<Measurement<T>>> read)
        where T : struct
    {
        observe();
        return read();
    }

    private sealed record PresetSeries(SeriesUpdate Update, InstrumentEntry Entry, Series Series);

    private void RefreshOwn()
    {
        Refresh?.Invoke();
        RefreshDrivers?.Invoke();
    }
}
