namespace LlmMetrics.Database;

/// <summary>A pool of connections that the wrapper counts, or that its driver tells of.</summary>
internal sealed class DbPool(string name)
{
    private long _opened;

    public string Name { get; } = name;

    /// <summary>Connections at most, if the connection string or the driver tells.</summary>
    public long? Max { get; set; }

    /// <summary>How the driver calls the pool; null if that is not known exactly.</summary>
    public string? DriverName { get; set; }

    /// <summary>Where it leads to, for pools of single connections.</summary>
    public PoolAddress? Address { get; set; }

    /// <summary>Whether the wrapper counts its connections.</summary>
    public bool IsWrapped { get; set; }

    public long? DriverUsed { get; set; }

    public long? DriverIdle { get; set; }

    /// <summary>Connections that are open through the wrapper.</summary>
    public long Opened => Math.Max(0, Interlocked.Read(ref _opened));

    public void Open() => Interlocked.Increment(ref _opened);

    public void Close() => Interlocked.Decrement(ref _opened);
}
