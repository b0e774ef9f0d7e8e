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

    public long Count { get; private set; }

    public double Sum { get; private set; }

    public double Mean => Count == 0 ? double.NaN : Sum / Count;

    public void Add(double seconds)
    {
        Count++;
        Sum += seconds;
        _counts[Math.Clamp((BitConverter.DoubleToInt64Bits(seconds) >> Shift) - Lowest, 0, Buckets - 1)]++;
    }

    public void Add(QuantileSketch other)
    {
        Count += other.Count;
        Sum += other.Sum;
        for (var i = 0; i < Buckets; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>The time that a share of all did not exceed; NaN without any.</summary>
    public double Quantile(double share)
    {
        if (Count == 0)
        {
            return double.NaN;
        }

        var rank = share * Count;
        var below = 0.0;
        for (var i = 0; i < Buckets; i++)
        {
            if (below + _counts[i] >= rank && _counts[i] > 0)
            {
                var within = Math.Clamp((rank - below) / _counts[i], 0, 1);
                return Edge(i) + (within * (Edge(i + 1) - Edge(i)));
            }

            below += _counts[i];
        }

        return Edge(Buckets);
    }

    private static double Edge(int bucket) => BitConverter.Int64BitsToDouble((Lowest + bucket) << Shift);
}
