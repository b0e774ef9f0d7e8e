using System.Globalization;

namespace LlmMetrics.Testing;

/// <summary>Numbers as Prometheus and its relatives write them.</summary>
internal static class PromNumber
{
    public static double Parse(string text) => text.ToUpperInvariant() switch
    {
        "NAN" => double.NaN,
        "+INF" or "INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
