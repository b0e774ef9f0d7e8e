using LlmMetrics.Collection;

namespace LlmMetrics.Business;

/// <summary>The value of a gauge that a callback of the app's gives. While the callback fails, there is none.</summary>
internal sealed class ObservedValue(
    Func<double> read, KeyValuePair<string, object?>[] tags, SelfDiagnostics diagnostics)
{
    private const int Never = -1;

    private MetricStorage? _storage;
    private ValueSeries? _series;

    public void Attach(MetricStorage storage) => Volatile.Write(ref _storage, storage);

    /// <summary>Reads the value. Never throws.</summary>
    public void Observe()
    {
        if (Volatile.Read(ref _storage) is not { } storage)
        {
            return;
        }

        if (Read() is { } value)
        {
            var series = _series ??= (ValueSeries)storage.GetOrAdd(tags, ulong.MaxValue, out _);
            series.Set(value);
            series.ObservedIn = storage.Generation;
        }
        else if (_series is { } series)
        {
            series.ObservedIn = Never;
        }
    }

    private double? Read()
    {
        try
        {
            var value = read();
            if (double.IsFinite(value))
            {
                return value;
            }

            diagnostics.Dropped(LossReason.NotFinite);
        }
        catch (Exception exception)
        {
            diagnostics.Failed(LossReason.Callback, exception);
        }

        return null;
    }
}
