namespace LlmMetrics.Testing;

/// <summary>A clock that moves only when a test says so. Timers fire inside <see cref="Advance"/>.</summary>
/// <remarks>
/// The wall clock and the monotonic clock are separate, so that a test can set the wall clock back, as a machine
/// does, while durations go on.
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _wallClock;
    private long _monotonicTicks;

    /// <summary>Initializes a new instance of the <see cref="ManualTimeProvider"/> class.</summary>
    /// <param name="start">The wall clock's first value, 2026-01-01 in UTC by default.</param>
    public ManualTimeProvider(DateTimeOffset? start = null) =>
        _wallClock = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Gets the number of timers that are waiting to fire.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count(static timer => timer.DueTicks is not null);
            }
        }
    }

    internal Lock SyncRoot => _lock;

    internal long MonotonicTicks => _monotonicTicks;

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _monotonicTicks;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _wallClock;
        }
    }

    /// <summary>Moves both clocks on and fires every timer that becomes due, in order and at its own time.</summary>
    /// <param name="by">How far; zero or more.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        long target;
        lock (_lock)
        {
            target = _monotonicTicks + by.Ticks;
        }

        // A callback may create, change or dispose timers, and so it runs outside the lock.
        while (TakeDue(target) is { } due)
        {
            due.Fire();
        }
    }

    /// <summary>Sets the wall clock, forwards or back, as an operator or NTP would. No timer fires.</summary>
    /// <param name="to">The new time.</param>
    public void SetUtcNow(DateTimeOffset to)
    {
        lock (_lock)
        {
            _wallClock = to;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        lock (_lock)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    internal void Remove(ManualTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }

    private ManualTimer? TakeDue(long target)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.DueTicks <= target).MinBy(static timer => timer.DueTicks);
            MoveTo(next is null ? target : Math.Max(next.DueTicks!.Value, _monotonicTicks));
            next?.Reschedule();
            return next;
        }
    }

    private void MoveTo(long ticks)
    {
        // Another thread may have advanced past the target in the meantime; time doesn't run backwards.
        var step = Math.Max(0, ticks - _monotonicTicks);
        _monotonicTicks += step;
        _wallClock += TimeSpan.FromTicks(step);
    }
}
