using System.Buffers;

namespace LlmMetrics.Collection;

/// <summary>
/// The values of one collection, in pooled arrays shared by all leases of it. Goes back to the pool with the last
/// lease, unless a lease was revoked while its holder might still be reading: then the arrays are left to the GC.
/// </summary>
internal sealed class SnapshotData
{
    private static readonly ArrayPool<long> s_words = ArrayPool<long>.Shared;
    private static readonly ArrayPool<int> s_indexes = ArrayPool<int>.Shared;

    private FamilyData[] _families = new FamilyData[16];
    private int _leases;
    private bool _abandoned;

    public DateTimeOffset Timestamp { get; set; }

    public DateTimeOffset StartTime { get; set; }

    public int Count { get; private set; }

    public Action<SnapshotData>? Recycle { get; init; }

    public ref readonly FamilyData this[int index] => ref _families.AsSpan(0, Count)[index];

    public void Lease() => Interlocked.Increment(ref _leases);

    public void Abandon() => Volatile.Write(ref _abandoned, true);

    public void Release()
    {
        if (Interlocked.Decrement(ref _leases) == 0)
        {
            Clear();
        }
    }

    /// <summary>
    /// Copies the present values of a metric. Series that no callback observed stay out, and idle ones.
    /// </summary>
    public void Add(MetricStorage storage)
    {
        var series = storage.Table.Read(out var count);
        if (count == 0)
        {
            return;
        }

        var stride = series[0].Words;
        var words = s_words.Rent(count * stride);
        var indexes = storage.IsObserved || storage.Idle is not null ? s_indexes.Rent(count) : null;
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (storage.IsObserved && series[i].ObservedIn != storage.Generation)
            {
                continue;
            }

            var values = words.AsSpan(kept * stride, stride);
            series[i].CopyTo(values);
            if (storage.Idle?.IsIdle(i, values) == true)
            {
                continue;
            }

            if (indexes is not null)
            {
                indexes[kept] = i;
            }

            kept++;
        }

        if (kept == 0)
        {
            s_words.Return(words);
            s_indexes.Return(indexes!);
            return;
        }

        Append(new FamilyData(storage.Descriptor, series, kept, words, stride, indexes));
    }

    /// <summary>A copy in arrays of its own that no pool knows.</summary>
    public SnapshotData Copy()
    {
        var copy = new SnapshotData { Timestamp = Timestamp, StartTime = StartTime, _abandoned = true };
        for (var i = 0; i < Count; i++)
        {
            var family = _families[i];
            copy.Append(family with
            {
                Words = family.Words.AsSpan(0, family.Count * family.Stride).ToArray(),
                Indexes = family.Indexes?.AsSpan(0, family.Count).ToArray(),
            });
        }

        return copy;
    }

    private void Append(in FamilyData family)
    {
        if (Count == _families.Length)
        {
            Array.Resize(ref _families, Count * 2);
        }

        _families[Count++] = family;
    }

    private void Clear()
    {
        if (Volatile.Read(ref _abandoned))
        {
            return;
        }

        for (var i = 0; i < Count; i++)
        {
            s_words.Return(_families[i].Words);
            if (_families[i].Indexes is { } indexes)
            {
                s_indexes.Return(indexes);
            }
        }

        Array.Clear(_families, 0, Count);
        Count = 0;
        Recycle?.Invoke(this);
    }

    /// <summary>One metric within a snapshot.</summary>
    internal readonly record struct FamilyData(
        MetricDescriptor Descriptor,
        Series[] Series,
        int Count,
        long[] Words,
        int Stride,
        int[]? Indexes);
}
