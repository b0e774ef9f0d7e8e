using System.Globalization;

namespace LlmMetrics.Benchmarks.Comparing;

/// <summary>
/// Measures several things in turn, in slices of a few milliseconds, so that whatever slows a shared machine down for
/// longer than that slows all of them. Ratios are taken within each round, and their median is told.
/// </summary>
internal sealed class Interleaved
{
    private const double SliceMilliseconds = 2;

    private readonly (string Name, Action Batch, int Calls)[] _sides;
    private readonly double[][] _times;

    private Interleaved((string Name, Action Batch, int Calls)[] sides, int rounds)
    {
        _sides = sides;
        _times = [.. sides.Select(_ => new double[rounds])];
    }

    /// <summary>Measures batches of so many calls each.</summary>
    public static Interleaved Run(int rounds, params (string Name, Action Batch, int Calls)[] sides)
    {
        var comparison = new Interleaved(sides, rounds);
        var repeats = comparison.Calibrate();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < sides.Length; i++)
            {
                // Who comes first changes, so that nobody always finds the caches of the same predecessor.
                var side = (i + round) % sides.Length;
                comparison._times[side][round] = Time(sides[side].Batch, repeats[side])
                    / ((double)repeats[side] * sides[side].Calls);
            }
        }

        return comparison;
    }

    /// <summary>Nanoseconds per call, as the median of all rounds.</summary>
    public double Median(string name) => Quantile(_times[IndexOf(name)], 0.5);

    /// <summary>The side with the least median among those whose name begins so.</summary>
    public string Fastest(string beginning) => _sides
        .Where(side => side.Name.StartsWith(beginning, StringComparison.Ordinal))
        .MinBy(side => Median(side.Name)).Name;

    /// <summary>The median of the rounds' ratios, and their quartiles.</summary>
    public (double Median, double Low, double High) Ratio(string name, string of)
    {
        var (mine, theirs) = (_times[IndexOf(name)], _times[IndexOf(of)]);
        double[] ratios = [.. mine.Zip(theirs, static (one, other) => one / other)];
        return (Quantile(ratios, 0.5), Quantile(ratios, 0.25), Quantile(ratios, 0.75));
    }

    public string Describe(string name, string of)
    {
        var (median, low, high) = Ratio(name, of);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {Median(name):F1} ns, {median:F3} of {of} ({Median(of):F1} ns), quartiles {low:F3} to {high:F3}");
    }

    private static double Time(Action batch, int repeats)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < repeats; i++)
        {
            batch();
        }

        return TimeProvider.System.GetElapsedTime(start).TotalNanoseconds;
    }

    private static double Quantile(double[] values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)(sorted.Length * share)];
    }

    private int[] Calibrate()
    {
        var repeats = new int[_sides.Length];
        for (var pass = 0; pass < 4; pass++)
        {
            for (var i = 0; i < _sides.Length; i++)
            {
                // Tiered compilation needs some time and calls; the last pass counts.
                var count = 1;
                double time;
                while ((time = Time(_sides[i].Batch, count)) < SliceMilliseconds * 1e6 / 2)
                {
                    count *= 2;
                }

                repeats[i] = Math.Max(1, (int)(count * SliceMilliseconds * 1e6 / time));
                _ = Time(_sides[i].Batch, repeats[i] * 20);
            }

            Thread.Sleep(100);
        }

        return repeats;
    }

    private int IndexOf(string name) => Array.FindIndex(_sides, side => side.Name == name);
}
