namespace LlmMetrics.Measuring;

/// <summary>
/// The runtimes that live in this process, for calls that no instance tells of one. It keeps none of them alive.
/// </summary>
internal static class LiveRuntimes
{
    private static readonly Lock _changing = new();
    private static volatile WeakReference<LlmMetricsRuntime>[] _all = [];

    public static void Add(LlmMetricsRuntime runtime)
    {
        lock (_changing)
        {
            _all = [.. _all.Where(static known => known.TryGetTarget(out _)), new(runtime)];
        }
    }

    public static void Remove(LlmMetricsRuntime runtime)
    {
        lock (_changing)
        {
            _all = [.. _all.Where(known => known.TryGetTarget(out var other) && other != runtime)];
        }
    }

    /// <summary>The only one; null if there is none or, with a word to each of them, if there are several.</summary>
    public static LlmMetricsRuntime? Only()
    {
        var all = _all;
        if (all.Length == 1)
        {
            return all[0].TryGetTarget(out var only) ? only : null;
        }

        foreach (var known in all)
        {
            if (known.TryGetTarget(out var runtime))
            {
                runtime.Diagnostics.Dropped(Collection.LossReason.AmbiguousRuntime);
            }
        }

        return null;
    }
}
