using LlmMetrics.Workload.Measurements;
using LlmMetrics.Workload.Simulation;

namespace LlmMetrics.Workload.Planning;

/// <summary>
/// What one measured day can tell: counts of requests are Poisson (times their dispersion), means of tokens are normal.
/// It says nothing about how users differ from each other.
/// </summary>
internal static class LoadUncertainty
{
    private const int Draws = 4000;
    private const double Z = 1.959964;
    private const ulong Stream = 0xB007;

    /// <summary>
    /// The exact Poisson interval of a mean of which so many events were counted (Byar's approximation).
    /// </summary>
    public static ConfidenceInterval Poisson(double count, double dispersion)
    {
        var n = count / dispersion;
        var low = n * Math.Pow(1 - (1 / (9 * n)) - (Z / (3 * Math.Sqrt(n))), 3);
        var high = (n + 1) * Math.Pow(1 - (1 / (9 * (n + 1))) + (Z / (3 * Math.Sqrt(n + 1))), 3);
        return new ConfidenceInterval(Math.Max(0, low) * dispersion, high * dispersion);
    }

    /// <summary>Interval of a total of tokens, of which only the relative width is used.</summary>
    public static ConfidenceInterval Tokens(double total, double count, double dispersion, double variation)
    {
        var error = Z * total * Math.Sqrt((dispersion + (variation * variation)) / count);
        return new ConfidenceInterval(Math.Max(0, total - error), total + error);
    }

    /// <summary>
    /// Parametric bootstrap of the load in the peak hour, 1 being as measured: the requests that were seen there, and
    /// the work per request, are drawn anew.
    /// </summary>
    public static ConfidenceInterval PeakFactor(UserDay day, double dispersion, Load load, ulong seed)
    {
        var seen = day.IsPatternMeasured ? day.ObservedRequests * day.PeakShare : day.ObservedRequests;
        var random = new RandomStream(seed, Stream);
        var factors = new double[Draws];
        for (var i = 0; i < Draws; i++)
        {
            var count = Math.Max(1, Gamma(ref random, seen / dispersion) * dispersion);
            var work = 1 + (load.Output.Variation / Math.Sqrt(count) * Normal(ref random));
            factors[i] = Math.Max(0.01, count / seen * Math.Max(0.01, work));
        }

        Array.Sort(factors);
        return new ConfidenceInterval(factors[(int)(Draws * 0.025)], factors[(int)(Draws * 0.975)]);
    }

    private static double Normal(ref RandomStream random) =>
        NormalLaw.Quantile(Math.Min(random.NextUniform(), 1 - 1e-12));

    // What a Poisson mean may be after so many events; Wilson and Hilferty's cube, good from a handful of events on.
    private static double Gamma(ref RandomStream random, double shape)
    {
        var n = Math.Max(shape, 0.5) + 0.5;
        return Math.Max(0, n * Math.Pow(1 - (1 / (9 * n)) + (Normal(ref random) / (3 * Math.Sqrt(n))), 3));
    }
}
