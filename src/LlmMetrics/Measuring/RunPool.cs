namespace LlmMetrics.Measuring;

/// <summary>
/// Spare run states, so that measuring a tool allocates nothing: one per thread, and a few that wait for runs which
/// end on another thread than they began on.
/// </summary>
internal static class RunPool
{
    private const int Shared = 64;

    private static readonly RunState?[] _shared = new RunState?[Shared];

    [ThreadStatic]
    private static RunState? t_spare;

    public static RunState Rent()
    {
        if (t_spare is { } spare)
        {
            t_spare = null;
            return spare;
        }

        foreach (ref var slot in _shared.AsSpan())
        {
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } waiting)
            {
                return waiting;
            }
        }

        return new RunState();
    }

    public static void Return(RunState state)
    {
        state.Clear();
        if (t_spare is null)
        {
            t_spare = state;
            return;
        }

        foreach (ref var slot in _shared.AsSpan())
        {
            if (slot is null && Interlocked.CompareExchange(ref slot, state, null) is null)
            {
                return;
            }
        }
    }
}
