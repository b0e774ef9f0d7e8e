namespace LlmMetrics.Workload.Simulation;

/// <summary>The standard normal distribution, which .NET does not have.</summary>
internal static class NormalLaw
{
    /// <summary>
    /// Distribution function, by the complementary error function (W. J. Cody's form, error below 1.2e-7).
    /// </summary>
    public static double Cumulative(double z)
    {
        var x = Math.Abs(z) / Math.Sqrt(2);
        var t = 1 / (1 + (0.5 * x));
        var poly = -1.26551223 + (t * (1.00002368 + (t * (0.37409196 + (t * (0.09678418 + (t * (-0.18628806
            + (t * (0.27886807 + (t * (-1.13520398 + (t * (1.48851587 + (t * (-0.82215223
            + (t * 0.17087277)))))))))))))))));
        var tail = 0.5 * t * Math.Exp((-x * x) + poly);
        return z > 0 ? 1 - tail : tail;
    }

    /// <summary>
    /// Inverse of <see cref="Cumulative"/>, by P. J. Acklam's rational approximation (error below 1.2e-9).
    /// </summary>
    public static double Quantile(double p)
    {
        if (p is <= 0 or >= 1)
        {
            return p <= 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        return p < 0.02425 ? Tail(Math.Sqrt(-2 * Math.Log(p)))
            : p > 1 - 0.02425 ? -Tail(Math.Sqrt(-2 * Math.Log(1 - p)))
            : Centre(p - 0.5);
    }

    private static double Tail(double q) =>
        ((((((((((-7.784894002430293e-03 * q) - 3.223964580411365e-01) * q) - 2.400758277161838) * q)
            - 2.549732539343734) * q) + 4.374664141464968) * q) + 2.938163982698783)
        / ((((((((7.784695709041462e-03 * q) + 3.224671290700398e-01) * q) + 2.445134137142996) * q)
            + 3.754408661907416) * q) + 1);

    private static double Centre(double q)
    {
        var r = q * q;
        return ((((((((((-3.969683028665376e+01 * r) + 2.209460984245205e+02) * r) - 2.759285104469687e+02) * r)
                + 1.383577518672690e+02) * r) - 3.066479806614716e+01) * r) + 2.506628277459239) * q
            / ((((((((((-5.447609879822406e+01 * r) + 1.615858368580409e+02) * r) - 1.556989798598866e+02) * r)
                + 6.680131188771972e+01) * r) - 1.328068155288572e+01) * r) + 1);
    }
}
