using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LlmMetrics.Collection;

/// <summary>An instrument of somebody else's and the metric that its measurements are collected in.</summary>
internal sealed class ForeignInstrument(
    Instrument instrument, MetricStorage? storage, TagFilter filter, SelfDiagnostics diagnostics)
{
    private static readonly double[] _seconds =
        [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private static readonly double[] _default =
        [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    private readonly bool _isAbsolute = instrument.IsObservable;
    private readonly bool _dropsTags = filter.Concerns(instrument.Name);
    private readonly MetricKind _kind = KindOf(instrument);

    /// <summary>Where its measurements are collected; null if they only become facts.</summary>
    public MetricStorage? Storage { get; } = storage;

    public FactDerivation? Derive { get; init; }

    public static MetricDescriptor Describe(int id, Instrument instrument)
    {
        var kind = KindOf(instrument);
        var bounds = kind == MetricKind.Histogram ? BoundsOf(instrument) : default;
        return new MetricDescriptor(id, instrument.Name, kind, IsInteger(instrument), bounds)
        {
            Unit = instrument.Unit ?? string.Empty,
            Description = instrument.Description ?? string.Empty,
            MeterName = instrument.Meter.Name,
            MeterVersion = instrument.Meter.Version,
        };
    }

    /// <summary>What must agree for two instruments of one name to share a metric.</summary>
    public static (string Meter, string Name, MetricKind Kind, bool IsInteger) KeyOf(Instrument instrument) =>
        (instrument.Meter.Name, instrument.Name, KindOf(instrument), IsInteger(instrument));

    public void Take(long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Storage is not { Descriptor: { IsInteger: true, Kind: not MetricKind.Histogram } })
        {
            Take((double)value, tags);
            return;
        }

        try
        {
            if (value < 0 && _kind == MetricKind.Counter)
            {
                diagnostics.Dropped(LossReason.Negative);
                return;
            }

            var cell = (ValueSeries)Find(Storage, tags, out var isMerged);
            if (IsSet(Storage, cell, isMerged))
            {
                cell.Set(value);
            }
            else
            {
                cell.Add(value);
            }

            cell.ObservedIn = Storage.Generation;
        }
        catch (Exception exception)
        {
            // Thrown here it would surface in the app's call of Add or Record.
            diagnostics.Failed(LossReason.Failure, exception);
        }
    }

    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            if (!double.IsFinite(value))
            {
                diagnostics.Dropped(LossReason.NotFinite);
                return;
            }

            if (value < 0 && _kind == MetricKind.Counter)
            {
                diagnostics.Dropped(LossReason.Negative);
                return;
            }

            if (Storage is not null)
            {
                Record(Storage, value, tags);
            }

            Derive?.Invoke(value, tags);
        }
        catch (Exception exception)
        {
            diagnostics.Failed(LossReason.Failure, exception);
        }
    }

    private static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType();
        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (open == typeof(Histogram<>))
        {
            return MetricKind.Histogram;
        }

        if (open == typeof(Counter<>) || open == typeof(ObservableCounter<>))
        {
            return MetricKind.Counter;
        }

        return open == typeof(UpDownCounter<>) || open == typeof(ObservableUpDownCounter<>)
            ? MetricKind.UpDownCounter
            : MetricKind.Gauge;
    }

    private static bool IsInteger(Instrument instrument) =>
        instrument is Instrument<long> or Instrument<int> or Instrument<short> or Instrument<byte>
            or ObservableInstrument<long> or ObservableInstrument<int> or ObservableInstrument<short>
            or ObservableInstrument<byte>;

    private static double[] BoundsOf(Instrument instrument)
    {
        var advised = instrument switch
        {
            Histogram<double> histogram => histogram.Advice?.HistogramBucketBoundaries,
            Histogram<long> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(static b => (double)b),
            Histogram<int> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(static b => (double)b),
            Histogram<float> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(static b => (double)b),
            _ => null,
        };
        return advised?.ToArray() is { Length: > 0 } bounds ? bounds : instrument.Unit == "s" ? _seconds : _default;
    }

    private void Record(MetricStorage storage, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = Find(storage, tags, out var isMerged);
        switch (series)
        {
            case HistogramSeries histogram:
                histogram.Record(value);
                if (Activity.Current is { Recorded: true } span)
                {
                    histogram.Offer(new Exemplar(value, diagnostics.Now, span.TraceId, span.SpanId));
                }

                break;
            case ValueSeries cell when IsSet(storage, cell, isMerged):
                cell.Set(value);
                break;
            default:
                ((ValueSeries)series).Add(value);
                break;
        }

        series.ObservedIn = storage.Generation;
    }

    /// <summary>
    /// Whether a value replaces what was there. Absolute values that share a series, because tags were dropped or
    /// folded, add up instead: the total stays that of all of them.
    /// </summary>
    private bool IsSet(MetricStorage storage, Series series, bool isMerged) =>
        _kind == MetricKind.Gauge
        || (_isAbsolute && !(isMerged && series.ObservedIn == storage.Generation));

    private Series Find(MetricStorage storage, ReadOnlySpan<KeyValuePair<string, object?>> tags, out bool isMerged)
    {
        isMerged = _dropsTags;
        if (!_dropsTags && storage.Table.Find(tags) is { } known)
        {
            return known;
        }

        var kept = _dropsTags ? Kept(tags) : tags;
        if (!TagCleaner.IsClean(kept))
        {
            kept = TagCleaner.Clean(kept);
        }

        var series = storage.GetOrAdd(kept, ClosedOf(kept), out var folded);
        isMerged |= folded;
        return series;
    }

    private Span<KeyValuePair<string, object?>> Kept(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var kept = new List<KeyValuePair<string, object?>>(tags.Length);
        foreach (var tag in tags)
        {
            if (tag.Key is not null && !filter.IsDropped(instrument.Name, tag.Key))
            {
                kept.Add(tag);
            }
        }

        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(kept);
    }

    /// <summary>What is no text has few values.</summary>
    private static ulong ClosedOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        ulong closed = 0;
        for (var i = 0; i < tags.Length && i < 64; i++)
        {
            closed |= tags[i].Value is string ? 0 : 1UL << i;
        }

        return closed;
    }
}
