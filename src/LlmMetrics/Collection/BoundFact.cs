namespace LlmMetrics.Collection;

/// <summary>Series bound to the key fields of one fact.</summary>
internal sealed class BoundFact
{
    private double _draft;

    /// <summary>Adds to the up-down counters (an active call: +1 at its start, -1 at its end). Never throws.</summary>
    public void Add(long delta) => _draft += delta;

    /// <summary>Records one duration in seconds. Never throws.</summary>
    public void Record(double seconds) => _draft += seconds;
}
