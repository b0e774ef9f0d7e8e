namespace LlmMetrics.Collection;

/// <summary>
/// The values of one collection, in arrays shared by all leases of it. With the last lease it goes back to be used
/// again, arrays and all, unless a lease was revoked while its holder might still be reading: then all is left to the
/// GC.
/// </summary>
/// <remarks>
/// Arrays fit their metric, which never loses a series. Those of a common pool are up to twice as long as needed.
/// </remarks>
internal sealed class SnapshotData
{
    private FamilyData[] _families = new FamilyData[16];

    // By number of the metric.
    private Buffers[] _buffers = [];
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
        ref var buffers = ref BuffersOf(storage.Descriptor.Id);
        var words = Fitting(ref buffers.Words, count * stride);
        var indexes = storage.IsObserved || storage.Idle is not null ? Fitting(ref buffers.Indexes, count) : null;
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

        if (kept > 0)
        {
            Append(new FamilyData(storage.Descriptor, series, kept, words, stride, indexes));
        }
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

    private static T[] Fitting<T>(ref T[]? buffer, int length)
    {
        if (buffer is null || buffer.Length < length)
        {
            // A little more, so that a metric that gains series does not need another array each time.
            buffer = GC.AllocateUninitializedArray<T>(length + (length / 32));
        }

        return buffer;
    }

    private ref Buffers BuffersOf(int metric)
    {
        if (metric >= _buffers.Length)
        {
            Array.Resize(ref _buffers, Math.Max(metric + 1, _buffers.Length * 2));
        }

        return ref _buffers[metric];
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

        Array.Clear(_families, 0, Count);
        Count = 0;
        Recycle?.Invoke(this);
    }

    private struct Buffers
    {
        public long[]? Words;
        public int[]? Indexes;
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
