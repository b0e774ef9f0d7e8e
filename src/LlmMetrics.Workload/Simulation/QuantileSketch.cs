using System.Runtime.CompilerServices;

namespace LlmMetrics.Workload.Simulation;

/// <summary>
/// Counts of times in buckets 0.2 % wide (512 per doubling, from the bits of the number), so that a hundred million
/// times fit into 80 KB.
/// </summary>
internal sealed class QuantileSketch
{
    private const int SubBits = 9;
    private const int Shift = 52 - SubBits;

    // From 2^-20 s (a microsecond) to 2^20 s (twelve days).
    private const long Lowest = (1023L - 20) << SubBits;
    private const int Buckets = 40 << SubBits;

    private readonly uint[] _counts = new uint[Buckets];

    // Times of one system lie within a few doublings, so only the buckets between are looked at.
    private int _first = Buckets;
    private int _last = -1;

    public long Count { get; private set; }

    public double Sum { get; private set; }

    public double Mean => Count == 0 ? double.NaN : Sum / Count;

    [MethodImpl(HotPath.Optimised)]
    public void Add(double seconds)
    {
        Count++;
        Sum += seconds;
        var bucket = (int)Math.Clamp((BitConverter.DoubleToInt64Bits(seconds) >> Shift) - Lowest, 0, Buckets - 1);
        _counts[bucket]++;
        _first = Math.Min(_first, bucket);
        _last = Math.Max(_last, bucket);
    }

    [MethodImpl(HotPath.Optimised)]
    public void Add(QuantileSketch other)
    {
        Count += other.Count;
        Sum += other.Sum;
        for (var i = other._first; i <= other._last; i++)
        {
            _counts[i] += other._counts[i];
        }

        _first = Math.Min(_first, other._first);
        _last = Math.Max(_last, other._last);
    }

    /// <summary>The time that a share of all did not exceed; NaN without any.</summary>
    [MethodImpl(HotPath.Optimised)]
    public double Quantile(double share)
    {
        if (Count == 0)
        {
            return double.NaN;
        }

        var rank = share * Count;
        var below = 0.0;
        for (var i = _first; i <= _last; i++)
        {
            if (below + _counts[i] >= rank && _counts[i] > 0)
            {
                var within = Math.Clamp((rank - below) / _counts[i], 0, 1);
                return Edge(i) + (within * (Edge(i + 1) - Edge(i)));
            }

            below += _counts[i];
        }

        return Edge(_last + 1);
    }

    private static double Edge(int bucket) => BitConverter.Int64BitsToDouble((Lowest + bucket) << Shift);
}
