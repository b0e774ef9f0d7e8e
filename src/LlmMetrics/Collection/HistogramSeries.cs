using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LlmMetrics.Collection;

/// <summary>
/// An explicit-bucket histogram. A one-word spin lock keeps buckets and sum of one moment; the count is derived from
/// the buckets, so the two can never disagree. Counts are kept in halves: the upper ones exist from the moment that a
/// bucket needs them.
/// </summary>
internal sealed class HistogramSeries(KeyValuePair<string, object?>[] tags, double[] bounds) : Series(tags)
{
    private const int LinearSearchLimit = 20;

    private readonly double[] _bounds = bounds;
    private readonly uint[] _buckets = new uint[bounds.Length + 1];
    private double _sum;
    private Rarities? _rare;

    public override int Words => _buckets.Length + 1;

    /// <summary>Records a value, once or as often as told.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Record(double value, uint times = 1)
    {
        var bucket = BucketOf(value);
        Enter();
        _buckets[bucket] += times;
        if (_buckets[bucket] < times)
        {
            Carry(bucket);
        }

        var sum = _sum + (value * times);
        _sum = double.IsFinite(sum) ? sum : double.MaxValue;
        Volatile.Write(ref Gate, 0);
    }

    public void Offer(Exemplar exemplar)
    {
        var rare = Rare();
        var exemplars = Volatile.Read(ref rare.Exemplars);
        if (exemplars is null)
        {
            var fresh = new Exemplar?[_buckets.Length];
            exemplars = Interlocked.CompareExchange(ref rare.Exemplars, fresh, null) ?? fresh;
        }

        Volatile.Write(ref exemplars[BucketOf(exemplar.Value)], exemplar);
    }

    public override void CopyTo(Span<long> words)
    {
        var buckets = _buckets;
        words = words[..(buckets.Length + 1)];
        Enter();
        for (var i = 0; i < buckets.Length; i++)
        {
            words[i] = buckets[i];
        }

        if (_rare is { UpperHalves: { } upper })
        {
            for (var i = 0; i < upper.Length; i++)
            {
                words[i] |= (long)upper[i] << 32;
            }
        }

        words[buckets.Length] = BitConverter.DoubleToInt64Bits(_sum);
        Volatile.Write(ref Gate, 0);
    }

    public override bool HasExemplars => Volatile.Read(ref _rare) is { Exemplars: not null };

    public override Exemplar? ExemplarAt(int bucket) =>
        Volatile.Read(ref _rare) is { } rare && Volatile.Read(ref rare.Exemplars) is { } exemplars
            ? Volatile.Read(ref exemplars[bucket])
            : null;

    /// <summary>A count has passed 2^32. The lock is held.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Carry(int bucket) => (Rare().UpperHalves ??= new uint[_buckets.Length])[bucket]++;

    private Rarities Rare()
    {
        if (Volatile.Read(ref _rare) is { } rare)
        {
            return rare;
        }

        var fresh = new Rarities();
        return Interlocked.CompareExchange(ref _rare, fresh, null) ?? fresh;
    }

    /// <summary>The first bucket whose upper bound is not below the value: bounds are inclusive.</summary>
    private int BucketOf(double value)
    {
        var limits = _bounds;
        if (limits.Length > LinearSearchLimit)
        {
            var found = Array.BinarySearch(limits, value);
            return found >= 0 ? found : ~found;
        }

        // Bounds rise, so the bucket is the number of bounds below the value. Counting them all is faster than
        // stopping at the right one, which no processor can foresee.
        var bucket = 0;
        var i = 0;
        for (; i <= limits.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            var below = Vector256.LessThan(Vector256.LoadUnsafe(ref limits[i]), Vector256.Create(value));
            bucket += BitOperations.PopCount(below.ExtractMostSignificantBits());
        }

        for (; i < limits.Length; i++)
        {
            bucket += limits[i] < value ? 1 : 0;
        }

        return bucket;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Enter()
    {
        if (Interlocked.CompareExchange(ref Gate, 1, 0) != 0)
        {
            EnterContended();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EnterContended()
    {
        var spin = default(SpinWait);
        do
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
        while (Volatile.Read(ref Gate) != 0 || Interlocked.CompareExchange(ref Gate, 1, 0) != 0);
    }

    /// <summary>What few series have, so that the others have one field for it.</summary>
    private sealed class Rarities
    {
        public Exemplar?[]? Exemplars;
        public uint[]? UpperHalves;
    }
}
