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

    // What an observable instrument shows is read from here, whether or not the rest is collected.
    private readonly bool _collect = collect || entry.Instrument.IsObservable;
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

    /// <summary>
    /// Looks the series up if the fact has a figure for it that is not refused; says whether tags had to be folded.
    /// </summary>
    public bool FindSeriesFor(in FactData fact)
    {
        if (!fact.Has(_value))
        {
            return false;
        }

        var raw = fact.Raw(_value);
        var figure = FactValues.IsInteger(_value) ? raw : BitConverter.Int64BitsToDouble(raw);
        var isSet = _operation is Operation.SetInteger or Operation.SetDouble;
        return double.IsFinite(figure * _scale) && (figure >= 0 || isSet) && FindSeries();
    }

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

    /// <summary>Records a duration where that is the figure, counts where the fact itself is.</summary>
    public void ApplyDuration(double seconds, SelfDiagnostics diagnostics)
    {
        if (_value == FactValue.Duration)
        {
            Apply(seconds * _scale, exemplar: null, diagnostics);
        }
        else if (_value == FactValue.Count)
        {
            var fact = default(FactData);
            fact.Set(FactValue.Count, 1L);
            Apply(in fact, exemplar: null, diagnostics);
        }
    }

    public void Apply(double figure, Exemplar? exemplar, SelfDiagnostics diagnostics)
    {
        if (!double.IsFinite(figure) || (figure < 0 && _operation != Operation.SetDouble))
        {
            diagnostics.Dropped(double.IsFinite(figure) ? LossReason.Negative : LossReason.NotFinite);
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
            Publish(figure, diagnostics);
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
            Publish(figure, diagnostics);
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

    /// <summary>
    /// Someone else listens. What a listener throws is its own loss: the other updates of the fact must not suffer.
    /// </summary>
    private readonly void Publish(long figure, SelfDiagnostics diagnostics)
    {
        if (!Reentrancy.TryEnter())
        {
            diagnostics.Dropped(LossReason.Reentrant);
            return;
        }

        try
        {
            // The type follows from the operation, except for observable instruments, which need no push.
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
        catch (Exception exception)
        {
            diagnostics.Failed(LossReason.Listener, exception);
        }
        finally
        {
            Reentrancy.Leave();
        }
    }

    private readonly void Publish(double figure, SelfDiagnostics diagnostics)
    {
        if (!Reentrancy.TryEnter())
        {
            diagnostics.Dropped(LossReason.Reentrant);
            return;
        }

        try
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
        catch (Exception exception)
        {
            diagnostics.Failed(LossReason.Listener, exception);
        }
        finally
        {
            Reentrancy.Leave();
        }
    }
}
