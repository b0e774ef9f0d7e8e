namespace LlmMetrics.Diagnostics;

/// <summary>So many log entries per minute.</summary>
internal sealed class LogBudget(int perMinute, TimeProvider time)
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long _since;
    private int _spent = -1;
    private int _suppressed;

    /// <summary>Asks for one entry.</summary>
    /// <param name="suppressed">How many were refused since the last one.</param>
    /// <returns>Whether it may be written.</returns>
    public bool TrySpend(out int suppressed)
    {
        lock (_lock)
        {
            suppressed = 0;
            var now = time.GetTimestamp();
            if (_spent < 0 || time.GetElapsedTime(_since, now) >= _minute)
            {
                _since = now;
                _spent = 0;
            }

            if (_spent == perMinute)
            {
                _suppressed++;
                return false;
            }

            _spent++;
            suppressed = _suppressed;
            _suppressed = 0;
            return true;
        }
    }
}
