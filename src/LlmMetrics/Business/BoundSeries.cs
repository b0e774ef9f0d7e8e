using LlmMetrics.Collection;

namespace LlmMetrics.Business;

/// <summary>One series of an instrument of the app's own; with no series, what is recorded goes nowhere.</summary>
internal sealed class BoundSeries(
    SeriesUpdate update, InstrumentEntry? entry, Series? series, SelfDiagnostics diagnostics)
{
    public BoundSeries(SelfDiagnostics diagnostics)
        : this(default, entry: null, series: null, diagnostics)
    {
    }

    /// <summary>Adds, sets or records. Never throws.</summary>
    public void Apply(double value)
    {
        if (series is null || entry is null)
        {
            return;
        }

        try
        {
            if (update.Accepts(value))
            {
                update.Apply(value, series, entry.Instrument, diagnostics);
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
}
