using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LlmMetrics.Facts;

namespace LlmMetrics.Collection;

/// <summary>
/// How an instrument takes its figure from a fact. It says nothing of tags, so all series of the instrument share it.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct SeriesUpdate(InstrumentDefinition definition, bool isInteger, bool collect)
{
    private readonly double _scale = definition.Scale;
    private readonly Operation _operation = OperationOf(definition.Kind, isInteger);
    private readonly bool _isStoredAsInteger = FactValues.IsInteger(definition.Value);
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

    /// <summary>Which figure it takes.</summary>
    public FactValue Value { get; } = definition.Value;

    /// <summary>The figure in the instrument's unit. The fact has it.</summary>
    public double Read(in FactFigures figures)
    {
        var raw = figures.Raw(Value);
        return Scaled(_isStoredAsInteger ? raw : BitConverter.Int64BitsToDouble(raw));
    }

    /// <summary>A figure in the instrument's unit.</summary>
    public double Scaled(double figure) => figure * _scale;

    /// <summary>
    /// Whether a figure can be recorded: it is finite, and what only rises or is distributed is not negative.
    /// </summary>
    public bool Accepts(double figure) =>
        figure is >= 0 and <= double.MaxValue
        || (double.IsFinite(figure) && _operation is Operation.SetInteger or Operation.SetDouble);

    /// <summary>Counts a figure that is not accepted.</summary>
    public static void Refuse(double figure, SelfDiagnostics diagnostics) =>
        diagnostics.Dropped(double.IsFinite(figure) ? LossReason.Negative : LossReason.NotFinite);

    /// <summary>Records an accepted figure of the fact, and tells the instrument's listeners.</summary>
    public void Apply(
        in FactFigures figures, double figure, Series series, Instrument instrument, Exemplar? exemplar,
        SelfDiagnostics diagnostics)
    {
        // Integers beyond 2^53 would lose digits as doubles.
        var integer = _isStoredAsInteger ? figures.Raw(Value) : (long)figure;
        Apply(integer, figure, series, instrument, exemplar, diagnostics);
    }

    /// <summary>Records an accepted figure, and tells the instrument's listeners.</summary>
    public void Apply(double figure, Series series, Instrument instrument, SelfDiagnostics diagnostics) =>
        Apply((long)figure, figure, series, instrument, exemplar: null, diagnostics);

    /// <summary>The same so many times.</summary>
    public void Apply(
        double figure, int times, Series series, Instrument instrument, SelfDiagnostics diagnostics)
    {
        if (times > 1 && !instrument.Enabled && _operation is Operation.RecordInteger or Operation.RecordDouble)
        {
            if (_collect)
            {
                Unsafe.As<HistogramSeries>(series).Record(figure, (uint)times);
            }

            return;
        }

        for (; times > 0; times--)
        {
            Apply(figure, series, instrument, diagnostics);
        }
    }

    private static Operation OperationOf(MetricKind kind, bool isInteger) => kind switch
    {
        MetricKind.Histogram => isInteger ? Operation.RecordInteger : Operation.RecordDouble,
        MetricKind.Gauge or MetricKind.UpDownCounter => isInteger ? Operation.SetInteger : Operation.SetDouble,
        _ => isInteger ? Operation.AddInteger : Operation.AddDouble,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Apply(
        long integer, double figure, Series series, Instrument instrument, Exemplar? exemplar,
        SelfDiagnostics diagnostics)
    {
        // What an observable instrument shows is read from the series, whether or not the rest is collected.
        if (_collect || instrument.IsObservable)
        {
            Collect(integer, figure, series);
            if (exemplar is not null)
            {
                Offer(exemplar.With(figure), series);
            }
        }

        if (instrument.Enabled)
        {
            Publish(integer, figure, series, instrument, diagnostics);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Collect(long integer, double figure, Series series)
    {
        switch (_operation)
        {
            case Operation.AddInteger:
                Unsafe.As<ValueSeries>(series).Add(integer);
                break;
            case Operation.AddDouble:
                Unsafe.As<ValueSeries>(series).Add(figure);
                break;
            case Operation.SetInteger:
                Unsafe.As<ValueSeries>(series).Set(integer);
                break;
            case Operation.SetDouble:
                Unsafe.As<ValueSeries>(series).Set(figure);
                break;
            default:
                Unsafe.As<HistogramSeries>(series).Record(figure);
                break;
        }
    }

    private static void Offer(Exemplar exemplar, Series series)
    {
        if (series is HistogramSeries histogram)
        {
            histogram.Offer(exemplar);
        }
        else
        {
            ((ValueSeries)series).Offer(exemplar);
        }
    }

    /// <summary>
    /// Someone else listens. What a listener throws is its own loss: the other updates of the fact must not suffer.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Publish(
        long integer, double figure, Series series, Instrument instrument, SelfDiagnostics diagnostics)
    {
        if (!Reentrancy.TryEnter())
        {
            diagnostics.Dropped(LossReason.Reentrant);
            return;
        }

        try
        {
            // Observable instruments have no case here: they need no push.
            switch (instrument)
            {
                case Counter<long> counter:
                    counter.Add(integer, series.Tags);
                    break;
                case Counter<double> counter:
                    counter.Add(figure, series.Tags);
                    break;
                case Histogram<long> histogram:
                    histogram.Record(integer, series.Tags);
                    break;
                case Histogram<double> histogram:
                    histogram.Record(figure, series.Tags);
                    break;
                case Gauge<long> gauge:
                    gauge.Record(integer, series.Tags);
                    break;
                case Gauge<double> gauge:
                    gauge.Record(figure, series.Tags);
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
