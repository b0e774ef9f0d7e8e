using LlmMetrics.Collection;

namespace LlmMetrics.Business;

/// <summary>One series of an instrument of the app's own.</summary>
internal sealed class BoundSeries(SelfDiagnostics diagnostics)
{
    private readonly bool _isBound;
    private SeriesUpdate _update;

    public BoundSeries(SeriesUpdate update, SelfDiagnostics diagnostics)
        : this(diagnostics) => (_update, _isBound) = (update, true);

    /// <summary>Adds, sets or records. Never throws.</summary>
    public void Apply(double value)
    {
        try
        {
            if (_isBound)
            {
                _update.Apply(value, exemplar: null, diagnostics);
            }
        }
        catch (Exception exception)
        {
            // Another listener of the instrument threw; the app must not see it.
            diagnostics.Failed(LossReason.Failure, exception);
        }
    }
}
