using LlmMetrics.Database;

namespace LlmMetrics;

/// <content>The pools of database connections.</content>
public sealed partial class LlmMetricsRuntime
{
    private DbPools? _pools;

    internal DbPools Pools => Volatile.Read(ref _pools) ?? MakePools();

    private DbPools MakePools()
    {
        var made = new DbPools(this);
        if (Interlocked.CompareExchange(ref _pools, made, null) is { } first)
        {
            made.Dispose();
            return first;
        }

        made.Start();
        return made;
    }

    private void RefreshPools()
    {
        if (IsEnabled(FactKind.DbPool) && Volatile.Read(ref _isDisposed) == 0)
        {
            Pools.Refresh();
        }
    }
}
