namespace LlmMetrics.Testing;

/// <summary>A timer of <see cref="ManualTimeProvider"/>.</summary>
internal sealed class ManualTimer(ManualTimeProvider provider, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private bool _disposed;

    internal long? DueTicks { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (provider.SyncRoot)
        {
            if (_disposed)
            {
                return false;
            }

            DueTicks = dueTime == Timeout.InfiniteTimeSpan ? null : provider.MonotonicTicks + dueTime.Ticks;
            _period = period;
        }

        // A due time of zero fires at once, as the system's timers do.
        if (dueTime == TimeSpan.Zero)
        {
            provider.Advance(TimeSpan.Zero);
        }

        return true;
    }

    public void Dispose()
    {
        lock (provider.SyncRoot)
        {
            _disposed = true;
            DueTicks = null;
        }

        provider.Remove(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Fire() => callback(state);

    // Called under the provider's lock, before the callback, which may change the timer again.
    internal void Reschedule() => DueTicks = _period > TimeSpan.Zero ? DueTicks + _period.Ticks : null;
}
