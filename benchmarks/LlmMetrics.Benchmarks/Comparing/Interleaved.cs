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

    /// <summary>
    /// Finds how many batches fill a slice, when the runtime has compiled everything as well as it can: it does so
    /// beside, in several steps, and a busy machine delays it. So it goes on until nobody gets faster any more.
    /// </summary>
    private int[] Calibrate()
    {
        const int LeastPasses = 8;
        const int MostPasses = 40;
        var repeats = new int[_sides.Length];
        var best = Enumerable.Repeat(double.MaxValue, _sides.Length).ToArray();
        for (var (pass, steady) = (0, 0); pass < MostPasses && (pass < LeastPasses || steady < 3); pass++)
        {
            steady++;
            for (var i = 0; i < _sides.Length; i++)
            {
                var batch = Slice(_sides[i].Batch, out repeats[i]);
                steady = batch < best[i] * 0.97 ? 0 : steady;
                best[i] = Math.Min(best[i], batch);
            }

            Thread.Sleep(100);
        }

        return repeats;
    }

    /// <summary>The least nanoseconds of a batch in some slices, and how many fill one.</summary>
    private static double Slice(Action batch, out int repeats)
    {
        var count = 1;
        double time;
        while ((time = Time(batch, count)) < SliceMilliseconds * 1e6 / 2)
        {
            count *= 2;
        }

        repeats = Math.Max(1, (int)(count * SliceMilliseconds * 1e6 / time));
        var least = time / count;
        for (var i = 0; i < 15; i++)
        {
            least = Math.Min(least, Time(batch, repeats) / repeats);
        }

        return least;
    }

    private int IndexOf(string name) => Array.FindIndex(_sides, side => side.Name == name);
}
