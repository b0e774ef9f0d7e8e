using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using LlmMetrics.Facts;

namespace LlmMetrics.Collection;

/// <summary>One update that a fact makes: which figure goes into which series, and to the instrument's listeners.</summary>
internal readonly struct SeriesUpdate(
    InstrumentDefinition definition, bool isInteger, bool collect, Series series, Instrument instrument)
{
    private readonly Series _series = series;
    private readonly Instrument _instrument = instrument;
    private readonly double _scale = definition.Scale;
    private readonly FactValue _value = definition.Value;
    private readonly Operation _operation = OperationOf(definition.Kind, isInteger);
    private readonly bool _collect = collect;

    private enum Operation : byte
    {
        AddInteger,
        AddDouble,
        SetInteger,
        SetDouble,
        RecordInteger,
        RecordDouble,
    }

    public bool IsListenedTo => _instrument.Enabled;

    /// <summary>Adds to a live up-down counter. Its instrument is observable and needs no push.</summary>
    public void AddLive(long delta) => ((ValueSeries)_series).Add(delta);

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

        if (_collect)
        {
            Collect(figure, exemplar);
        }

        if (_instrument.Enabled)
        {
            Publish(figure);
        }
    }

    private void Collect(long figure, Exemplar? exemplar)
    {
        if (_operation == Operation.RecordInteger)
        {
            CollectHistogram(figure, exemplar);
            return;
        }

        var cell = Unsafe.As<ValueSeries>(_series);
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

    private void Collect(double figure, Exemplar? exemplar)
    {
        if (_operation == Operation.RecordDouble)
        {
            CollectHistogram(figure, exemplar);
            return;
        }

        var cell = Unsafe.As<ValueSeries>(_series);
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

    private void CollectHistogram(double figure, Exemplar? exemplar)
    {
        var cell = Unsafe.As<HistogramSeries>(_series);
        cell.Record(figure);
        if (exemplar is not null)
        {
            cell.Offer(exemplar.With(figure));
        }
    }

    /// <summary>Someone else listens. The instrument's type follows from the operation, except for observable ones.</summary>
    private void Publish(long figure)
    {
        switch (_instrument)
        {
            case Counter<long> counter:
                counter.Add(figure, _series.Tags);
                break;
            case Histogram<long> histogram:
                histogram.Record(figure, _series.Tags);
                break;
            case Gauge<long> gauge:
                gauge.Record(figure, _series.Tags);
                break;
        }
    }

    private void Publish(double figure)
    {
        switch (_instrument)
        {
            case Counter<double> counter:
                counter.Add(figure, _series.Tags);
                break;
            case Histogram<double> histogram:
                histogram.Record(figure, _series.Tags);
                break;
            case Gauge<double> gauge:
                gauge.Record(figure, _series.Tags);
                break;
        }
    }
}
