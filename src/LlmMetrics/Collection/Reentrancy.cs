namespace LlmMetrics.Collection;

/// <summary>
/// Bounds how deep code of the app's that is called while recording (listeners, enrichers, observers) may record
/// again: without it, one that answers each record with another would end in a stack overflow.
/// </summary>
internal static class Reentrancy
{
    private const int MaxDepth = 2;

    [ThreadStatic]
    private static int t_depth;

    public static bool TryEnter()
    {
        if (t_depth >= MaxDepth)
        {
            return false;
        }

        t_depth++;
        return true;
    }

    public static void Leave() => t_depth--;
}
