namespace LlmMetrics.Collection;

/// <summary>Callbacks of others that hang or work together: one of them that hangs stops these and no others.</summary>
/// <param name="observe">Calls them. Never throws.</param>
/// <param name="missed">Says that they gave nothing in time: what they last gave is no longer known to hold.</param>
internal sealed class ObservableUnit(Action observe, Action? missed = null)
{
    private int _isBusy;
    private int _doneIn;

    /// <summary>Observes, unless an earlier pass still does.</summary>
    public void Observe(int pass)
    {
        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
        {
            return;
        }

        try
        {
            observe();
            Volatile.Write(ref _doneIn, pass);
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }

    /// <summary>Gives up what was not observed in a pass.</summary>
    public void GiveUp(int pass)
    {
        if (Volatile.Read(ref _doneIn) != pass)
        {
            missed?.Invoke();
        }
    }
}
