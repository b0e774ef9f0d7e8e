namespace LlmMetrics.Testing;

/// <summary>Measures what code allocates, so that a promise of zero bytes is an ordinary test.</summary>
public static class Allocations
{
    private const int WarmUpRounds = 200;

    /// <summary>Returns the bytes that one call of <paramref name="action"/> allocates on this thread.</summary>
    /// <param name="action">The code; it has to finish on the calling thread.</param>
    /// <param name="rounds">How many calls are averaged, 1,000 by default.</param>
    /// <returns>Bytes per call, rounded up: a rare allocation isn't averaged away to zero.</returns>
    /// <remarks>
    /// The least of five tries is returned: tiered compilation and static initialisers allocate once, what the
    /// code itself allocates comes back in every try.
    /// </remarks>
    public static long Measure(Action action, int rounds = 1_000)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rounds);
        for (var i = 0; i < WarmUpRounds; i++)
        {
            action();
        }

        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5 && least > 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < rounds; i++)
            {
                action();
            }

            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            least = Math.Min(least, (bytes + rounds - 1) / rounds);
        }

        return least;
    }
}
