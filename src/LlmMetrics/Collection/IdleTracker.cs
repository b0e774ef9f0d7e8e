namespace LlmMetrics.Collection;

/// <summary>
/// Remembers when the series of a metric last changed. Made only where idle series are to be hidden; used by one
/// collection at a time.
/// </summary>
internal sealed class IdleTracker(TimeProvider time, TimeSpan hideAfter, MetricKind kind)
{
    private readonly Lock _tracking = new();
    private (long State, long ChangedAt)[] _seen = [];

    /// <summary>Whether the series has not changed for so long that it is to be hidden.</summary>
    /// <param name="index">The series' number.</param>
    /// <param name="words">Its present values.</param>
    public bool IsIdle(int index, ReadOnlySpan<long> words)
    {
        lock (_tracking)
        {
            var now = time.GetTimestamp();
            var state = StateOf(words);
            if (index >= _seen.Length)
            {
                var known = _seen.Length;
                Array.Resize(ref _seen, Math.Max(index + 1, known * 2));
                _seen.AsSpan(known).Fill((long.MinValue, now));
            }

            ref var seen = ref _seen[index];
            if (seen.State != state)
            {
                seen = (state, now);
                return false;
            }

            // An open call is no less open for having been so long.
            return (kind != MetricKind.UpDownCounter || state == 0)
                && time.GetElapsedTime(seen.ChangedAt, now) >= hideAfter;
        }
    }

    /// <summary>The value, or how often a histogram was recorded in: each change of it changes that.</summary>
    private static long StateOf(ReadOnlySpan<long> words)
    {
        if (words.Length == 1)
        {
            return words[0];
        }

        long count = 0;
        foreach (var bucket in words[..^1])
        {
            count += bucket;
        }

        return count;
    }
}
