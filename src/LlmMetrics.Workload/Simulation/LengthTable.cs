namespace LlmMetrics.Workload.Simulation;

/// <summary>
/// A distribution of tokens per request as 4,096 equally likely values, so that drawing one costs one look. The mean
/// is exactly the measured one.
/// </summary>
internal sealed class LengthTable
{
    public const int Size = 4096;

    private readonly double[] _values;

    private LengthTable(double[] values, double mean)
    {
        var scale = mean / values.Average();
        _values = [.. values.Select(value => value * scale)];
        Mean = mean;
        MeanSquare = _values.Average(static value => value * value);
    }

    public ReadOnlySpan<double> Values => _values;

    public double Mean { get; }

    public double MeanSquare { get; }

    /// <summary>Standard deviation by mean.</summary>
    public double Variation => Math.Sqrt(Math.Max(0, (MeanSquare / (Mean * Mean)) - 1));

    public double Max => _values[^1];

    /// <summary>A value by the low 12 bits of a random number.</summary>
    public double this[ulong random] => _values[random & (Size - 1)];

    public LengthTable Scaled(double factor) => WithMean(Mean * factor);

    public LengthTable WithMean(double mean) => new(_values, mean);

    /// <summary>The same mean, with logarithms spread by a factor around their mean.</summary>
    public LengthTable Spread(double factor)
    {
        var centre = _values.Average(static value => Math.Log(Math.Max(value, 1e-9)));
        return new LengthTable(
            [.. _values.Select(value => Math.Exp(centre + ((Math.Log(Math.Max(value, 1e-9)) - centre) * factor)))],
                Mean);
    }

    public static LengthTable Constant(double mean) => new([.. Enumerable.Repeat(mean, Size)], mean);

    /// <summary>Each value is the mean of its slice of the exponential distribution.</summary>
    public static LengthTable Exponential(double mean) => new(
        Slices(static (from, to) => Integral(to) - Integral(from)), mean);

    /// <summary>Log-normal with a coefficient of variation; each value is the mean of its slice.</summary>
    public static LengthTable LogNormal(double mean, double variation)
    {
        var sigma = Math.Sqrt(Math.Log(1 + (variation * variation)));
        return variation <= 0 ? Constant(mean) : new LengthTable(
            Slices((from, to) => NormalLaw.Cumulative(NormalLaw.Quantile(to) - sigma)
                - NormalLaw.Cumulative(NormalLaw.Quantile(from) - sigma)),
            mean);
    }

    /// <summary>
    /// Within a bucket values lie evenly by their logarithm (linearly in the first), bent by one exponent for all
    /// buckets so that the mean is the measured one.
    /// </summary>
    public static LengthTable From(TokenHistogram histogram)
    {
        var mean = histogram.Sum / histogram.Count;
        double low = -6, high = 6;
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (Bent(histogram, Math.Exp(middle)).Average() > mean)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return new LengthTable(Bent(histogram, Math.Exp((low + high) / 2)), mean);
    }

    private static double[] Bent(TokenHistogram histogram, double exponent)
    {
        var total = histogram.Count;
        var values = new double[Size];
        var bucket = 0;
        var below = 0.0;
        for (var i = 0; i < Size; i++)
        {
            var rank = (i + 0.5) / Size * total;
            while (bucket < histogram.Counts.Count - 1 && below + histogram.Counts[bucket] <= rank)
            {
                below += histogram.Counts[bucket++];
            }

            var share = Math.Pow(Math.Clamp((rank - below) / histogram.Counts[bucket], 0, 1), exponent);
            var from = bucket == 0 ? 0 : histogram.Bounds[bucket - 1];

            // What lies above the last bound is taken to reach four times as far, the step of the usual buckets.
            var to = bucket < histogram.Bounds.Count ? histogram.Bounds[bucket] : from * 4;
            values[i] = from <= 0 ? to * share : from * Math.Pow(to / from, share);
        }

        return values;
    }

    private static double[] Slices(Func<double, double, double> massBetween)
    {
        var values = new double[Size];
        for (var i = 0; i < Size; i++)
        {
            values[i] = Math.Max(massBetween((double)i / Size, (double)(i + 1) / Size) * Size, 1e-9);
        }

        Array.Sort(values);
        return values;
    }

    // Integral of the exponential distribution's quantile function from 0 to p.
    private static double Integral(double p) => p >= 1 ? 1 : p + ((1 - p) * Math.Log(1 - p));
}
