using LlmMetrics.Facts;

namespace LlmMetrics.Collection;

/// <summary>Turns facts into updates of the series that the profiles bind them to.</summary>
internal sealed class Recorder(params ILlmCallObserver[] observers)
{
    private readonly bool _enabled = true;

    /// <summary>Whether anything would come of a fact of this kind. Ask before filling one.</summary>
    public bool IsEnabled(FactKind kind) => _enabled && kind <= FactKind.Self;

    /// <summary>Records a fact that has ended. Never throws.</summary>
    public void Record(FactKind kind, in FactData fact)
    {
        if (kind == FactKind.LlmCall)
        {
            foreach (var observer in observers)
            {
                observer.OnCall(new LlmCall(in fact));
            }
        }
    }

    /// <summary>
    /// The series that facts with these key fields update, or null if there are none; to record several figures on
    /// them without a lookup each time. Never throws.
    /// </summary>
    public BoundFact? Bind(FactKind kind, in FactData fact) => _enabled && fact.Present != 0 ? new BoundFact() : null;
}
