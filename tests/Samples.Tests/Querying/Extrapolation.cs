using LlmMetrics.Testing;

namespace Samples.Tests.Querying;

/// <summary>What rate() and increase() make of the samples of a window, after Prometheus' own rules.</summary>
internal static class Extrapolation
{
    // Samples that are this much farther from the window's edge than from each other are taken for its edge.
    private const double Tolerance = 1.1;

    /// <summary>The increase within the window; null with fewer than two samples.</summary>
    public static double? Increase(IReadOnlyList<PromPoint> points, DateTimeOffset end, TimeSpan window)
    {
        if (points.Count < 2)
        {
            return null;
        }

        var sampled = (points[^1].Time - points[0].Time).TotalSeconds;
        var apart = sampled / (points.Count - 1);
        var increase = points[^1].Value - points[0].Value + Resets(points);
        var before = Edge((points[0].Time - (end - window)).TotalSeconds, apart);
        var after = Edge((end - points[^1].Time).TotalSeconds, apart);
        if (increase > 0 && points[0].Value >= 0)
        {
            // A counter cannot have been below zero.
            before = Math.Min(before, sampled * points[0].Value / increase);
        }

        return increase * (sampled + before + after) / sampled;
    }

    private static double Edge(double distance, double apart) => distance < apart * Tolerance ? distance : apart / 2;

    private static double Resets(IReadOnlyList<PromPoint> points) => points.Zip(points.Skip(1))
        .Where(static pair => pair.Second.Value < pair.First.Value)
        .Sum(static pair => pair.First.Value);
}
