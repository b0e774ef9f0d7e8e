using LlmMetrics.Collection;

namespace LlmMetrics.Business;

/// <summary>One series of an instrument of the app's own.</summary>
internal sealed class BoundSeries(SeriesUpdate? update, SelfDiagnostics diagnostics)
{
    /// <summary>Adds, sets or records. Never throws.</summary>
    public void Apply(double value)
    {
        try
        {
            update?.Apply(value, exemplar: null, diagnostics);
        }
        catch (Exception exception)
        {
            // Another listener of the instrument threw; the app must not see it.
            diagnostics.Failed(LossReason.Failure, exception);
        }
    }
}
