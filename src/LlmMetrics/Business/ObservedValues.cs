using System.Diagnostics.Metrics;
using LlmMetrics.Collection;

namespace LlmMetrics.Business;

/// <summary>The values of a gauge that a callback of the app's gives, as long as it gives them.</summary>
internal sealed class ObservedValues(
    string name, Func<IEnumerable<Measurement<double>>> read, BusinessContext context)
{
    private const int Never = -1;

    /// <summary>A sequence without end must not keep the collection.</summary>
    private const int MaxMeasurements = 100_000;

    private readonly Lock _applying = new();
    private readonly Dictionary<ValueSeries, double> _values = [];
    private MetricStorage? _storage;

    public void Attach(MetricStorage storage) => Volatile.Write(ref _storage, storage);

    /// <summary>Reads the values. Never throws.</summary>
    public void Observe()
    {
        if (Volatile.Read(ref _storage) is { } storage)
        {
            var measurements = Read();
            lock (_applying)
            {
                Apply(storage, measurements);
            }
        }
    }

    /// <summary>Forgets the values: the callback has not come back in time.</summary>
    public void Forget()
    {
        if (Volatile.Read(ref _storage) is { } storage)
        {
            lock (_applying)
            {
                Apply(storage, []);
            }
        }
    }

    private List<Measurement<double>> Read()
    {
        try
        {
            var measurements = read().Take(MaxMeasurements + 1).ToList();
            if (measurements.Count <= MaxMeasurements)
            {
                return measurements;
            }

            context.Diagnostics.Dropped(LossReason.Callback);
        }
        catch (Exception exception)
        {
            context.Diagnostics.Failed(LossReason.Callback, exception);
        }

        return [];
    }

    private void Apply(MetricStorage storage, List<Measurement<double>> measurements)
    {
        _values.Clear();
        foreach (var measurement in measurements)
        {
            if (!double.IsFinite(measurement.Value))
            {
                context.Diagnostics.Dropped(LossReason.NotFinite);
                continue;
            }

            // Values whose tags have folded add up, so that their total is right.
            var tags = context.TagsOf(name, measurement.Tags, out var closed);
            var series = (ValueSeries)storage.GetOrAdd(tags, closed, out _);
            _values[series] = _values.GetValueOrDefault(series) + measurement.Value;
        }

        var all = storage.Table.Read(out var count);
        for (var i = 0; i < count; i++)
        {
            var series = (ValueSeries)all[i];
            if (_values.TryGetValue(series, out var value))
            {
                series.Set(value);
                series.ObservedIn = storage.Generation;
            }
            else
            {
                series.ObservedIn = Never;
            }
        }
    }
}
