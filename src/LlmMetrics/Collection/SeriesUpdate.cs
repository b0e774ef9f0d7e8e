using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using LlmMetrics.Facts;

namespace LlmMetrics.Collection;

/// <summary>One update that a fact makes: which figure goes into which series, and to the instrument's listeners.</summary>
/// <remarks>
/// The series is looked up with the first figure, not before: a series that nothing was recorded in would say zero
/// where nothing is known.
/// </remarks>
internal struct SeriesUpdate(
    InstrumentDefinition definition, InstrumentEntry entry, KeyValuePair<string, object?>[] tags, ulong closed,
    bool collect)
{
    private readonly MetricStorage _storage = entry.Storage;
    private readonly Instrument _instrument = entry.Instrument;
    private readonly KeyValuePair<string, object?>[] _tags = tags;
    private readonly ulong _closed = closed;
    private readonly double _scale = definition.Scale;
    private readonly FactValue _value = definition.Value;
    private readonly Operation _operation = OperationOf(definition.Kind, entry.Storage.Descriptor.IsInteger);
    private readonly bool _collect = collect;
    private Series? _series;

    private enum Operation : byte
    {
        AddInteger,
        AddDouble,
        SetInteger,
        SetDouble,
        RecordInteger,
        RecordDouble,
    }

    public readonly bool IsListenedTo => _instrument.Enabled;

    /// <summary>Looks the series up; says whether its tags had to be folded.</summary>
    public bool FindSeries()
    {
        _series = _storage.GetOrAdd(_tags, _closed, out var folded);
        return folded;
    }

    /// <summary>Adds to a live up-down counter. Its instrument is observable and needs no push.</summary>
    public void AddLive(long delta)
    {
        if (_series is null)
        {
            FindSeries();
        }

        ((ValueSeries)_series!).Add(delta);
    }

    public void Apply(in FactData fact, Exemplar? exemplar, SelfDiagnostics diagnostics)
    {
        if (!fact.Has(_value))
        {
            return;
        }

        switch (_operation)
        {
            case Operation.AddInteger or Operation.RecordInteger or Operation.SetInteger:
                Apply(fact.Raw(_value), exemplar, diagnostics);
                break;
            default:
                var figure = FactValues.IsInteger(_value)
                    ? fact.Raw(_value)
                    : BitConverter.Int64BitsToDouble(fact.Raw(_value));
                Apply(figure * _scale, exemplar, diagnostics);
                break;
        }
    }

    public void Apply(double figure, Exemplar? exemplar, SelfDiagnostics diagnostics)
    {
        if (!double.IsFinite(figure) || (figure < 0 && _operation != Operation.SetDouble))
        {
            diagnostics.Dropped(figure < 0 ? LossReason.Negative : LossReason.NotFinite);
            return;
        }

        if (_series is null)
        {
            FindSeries();
        }

        if (_collect)
        {
            Collect(figure, exemplar);
        }

        if (_instrument.Enabled)
        {
            Publish(figure);
        }
    }

    private static Operation OperationOf(MetricKind kind, bool isInteger) => kind switch
    {
        MetricKind.Histogram => isInteger ? Operation.RecordInteger : Operation.RecordDouble,
        MetricKind.Gauge => isInteger ? Operation.SetInteger : Operation.SetDouble,
        _ => isInteger ? Operation.AddInteger : Operation.AddDouble,
    };

    private void Apply(long figure, Exemplar? exemplar, SelfDiagnostics diagnostics)
    {
        if (figure < 0 && _operation != Operation.SetInteger)
        {
            diagnostics.Dropped(LossReason.Negative);
            return;
        }

        if (_series is null)
        {
            FindSeries();
        }

        if (_collect)
        {
            Collect(figure, exemplar);
        }

        if (_instrument.Enabled)
        {
            Publish(figure);
        }
    }

    private readonly void Collect(long figure, Exemplar? exemplar)
    {
        if (_operation == Operation.RecordInteger)
        {
            CollectHistogram(figure, exemplar);
            return;
        }

        var cell = Unsafe.As<ValueSeries>(_series!);
        if (_operation == Operation.AddInteger)
        {
            cell.Add(figure);
        }
        else
        {
            cell.Set(figure);
        }

        if (exemplar is not null)
        {
            cell.Offer(exemplar.With(figure));
        }
    }

    private readonly void Collect(double figure, Exemplar? exemplar)
    {
        if (_operation == Operation.RecordDouble)
        {
            CollectHistogram(figure, exemplar);
            return;
        }

        var cell = Unsafe.As<ValueSeries>(_series!);
        if (_operation == Operation.AddDouble)
        {
            cell.Add(figure);
        }
        else
        {
            cell.Set(figure);
        }

        if (exemplar is not null)
        {
            cell.Offer(exemplar.With(figure));
        }
    }

    private readonly void CollectHistogram(double figure, Exemplar? exemplar)
    {
        var cell = Unsafe.As<HistogramSeries>(_series!);
        cell.Record(figure);
        if (exemplar is not null)
        {
            cell.Offer(exemplar.With(figure));
        }
    }

    /// <summary>Someone else listens. The instrument's type follows from the operation, except for observable ones.</summary>
    private readonly void Publish(long figure)
    {
        switch (_instrument)
        {
            case Counter<long> counter:
                counter.Add(figure, _series!.Tags);
                break;
            case Histogram<long> histogram:
                histogram.Record(figure, _series!.Tags);
                break;
            case Gauge<long> gauge:
                gauge.Record(figure, _series!.Tags);
                break;
        }
    }

    private readonly void Publish(double figure)
    {
        switch (_instrument)
        {
            case Counter<double> counter:
                counter.Add(figure, _series!.Tags);
                break;
            case Histogram<double> histogram:
                histogram.Record(figure, _series!.Tags);
                break;
            case Gauge<double> gauge:
                gauge.Record(figure, _series!.Tags);
                break;
        }
    }
}
