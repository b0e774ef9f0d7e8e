using LlmMetrics.Collection;

namespace LlmMetrics;

/// <summary>
/// All metrics at one moment, cumulative since the start. It is leased: its buffers are pooled and shared, so read it
/// before you dispose it (exporters: before your call ends), and keep <see cref="Detach"/>ed copies only.
/// </summary>
/// <remarks>
/// Values of one series are of one moment; different series may differ by what was recorded meanwhile.
/// </remarks>
public sealed class MetricsSnapshot : IDisposable
{
    private SnapshotData? _data;

    internal MetricsSnapshot(SnapshotData data, MetricsResource resource)
    {
        data.Lease();
        _data = data;
        Resource = resource;
    }

    /// <summary>When the values were read.</summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public DateTimeOffset Timestamp => Data.Timestamp;

    /// <summary>When counting began: counters and histograms are totals since then.</summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public DateTimeOffset StartTime => Data.StartTime;

    /// <summary>Who measured: service name, version, instance.</summary>
    public MetricsResource Resource { get; private set; }

    /// <summary>The metrics. Those that have no series yet are not among them.</summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public MetricFamilies Families => new(this);

    internal bool HasEnded => Volatile.Read(ref _data) is null;

    internal SnapshotData Data =>
        Volatile.Read(ref _data) ?? throw new ObjectDisposedException(nameof(MetricsSnapshot));

    /// <summary>Finds a metric by its instrument's name.</summary>
    /// <param name="name">Name, such as <c>llm.calls</c>.</param>
    /// <param name="family">The metric, if there is one.</param>
    /// <param name="meterName">Name of the meter, where several have an instrument of that name.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public bool TryGetFamily(string name, out MetricFamily family, string? meterName = null)
    {
        foreach (var candidate in Families)
        {
            if (candidate.Descriptor.Name == name && (meterName is null || candidate.Descriptor.MeterName == meterName))
            {
                family = candidate;
                return true;
            }
        }

        family = default;
        return false;
    }

    /// <summary>A copy with buffers of its own, which stays valid when this lease has ended.</summary>
    /// <returns>The copy. It need not be disposed.</returns>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public MetricsSnapshot Detach() => new(Data.Copy(), Resource);

    /// <summary>Ends the lease. What is read from it afterwards throws.</summary>
    public void Dispose() => Interlocked.Exchange(ref _data, null)?.Release();

    /// <summary>A lease of these values, in an ended one if there is one.</summary>
    internal static MetricsSnapshot Of(SnapshotData data, MetricsResource resource, MetricsSnapshot? ended) =>
        ended is not null && ended.TryRenew(data, resource) ? ended : new MetricsSnapshot(data, resource);

    /// <summary>Another lease of the same values.</summary>
    internal MetricsSnapshot Share(MetricsSnapshot? ended = null) => Of(Data, Resource, ended);

    /// <summary>Ends the lease of a holder that may be reading at this moment.</summary>
    internal void Revoke()
    {
        if (Interlocked.Exchange(ref _data, null) is { } data)
        {
            data.Abandon();
            data.Release();
        }
    }

    private bool TryRenew(SnapshotData data, MetricsResource resource)
    {
        data.Lease();
        if (Interlocked.CompareExchange(ref _data, data, null) is not null)
        {
            data.Release();
            return false;
        }

        Resource = resource;
        return true;
    }
}
