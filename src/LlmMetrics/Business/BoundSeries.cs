using LlmMetrics.Collection;

namespace LlmMetrics.Business;

/// <summary>
/// One series of an instrument of the app's own, made with its first figure; without an instrument, what is recorded
/// goes nowhere.
/// </summary>
internal sealed class BoundSeries(
    SeriesUpdate update, InstrumentEntry? entry, KeyValuePair<string, object?>[] tags, ulong closed,
    SelfDiagnostics diagnostics)
{
    private Series? _series;

    public BoundSeries(SelfDiagnostics diagnostics)
        : this(default, entry: null, [], closed: 0, diagnostics)
    {
    }

    /// <summary>The series, once it has a figure and unless its tags are folded.</summary>
    public Series? Series => _series;

    /// <summary>Adds, sets or records. Never throws.</summary>
    public void Apply(double value)
    {
        if (entry is null)
        {
            return;
        }

        try
        {
            if (update.Accepts(value))
            {
                update.Apply(value, _series ?? FindSeries(entry.Storage), entry.Instrument, diagnostics);
            }
            else
            {
                SeriesUpdate.Refuse(value, diagnostics);
            }
        }
        catch (Exception exception)
        {
            // Whatever went wrong, the app must not see it.
            diagnostics.Failed(LossReason.Failure, exception);
        }
    }

    private Series FindSeries(MetricStorage storage)
    {
        var found = storage.GetOrAdd(tags, closed, out var folded);

        // What was folded is looked up, and counted as folded, each time.
        if (!folded)
        {
            _series = found;
        }

        return found;
    }
}
