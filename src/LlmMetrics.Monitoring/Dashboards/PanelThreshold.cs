namespace LlmMetrics.Monitoring;

/// <summary>From which value on a figure has which colour.</summary>
/// <param name="From">The value; null for everything below the first.</param>
/// <param name="Colour">A colour of Grafana, such as <c>green</c>, <c>yellow</c> or <c>red</c>.</param>
public sealed record PanelThreshold(double? From, string Colour)
{
    /// <summary>Makes the steps of a panel.</summary>
    /// <param name="lowest">The colour below the first value.</param>
    /// <param name="steps">Values, ascending, and the colours from there on.</param>
    /// <returns>The steps.</returns>
    public static IReadOnlyList<PanelThreshold> Steps(
        string lowest, params ReadOnlySpan<(double From, string Colour)> steps)
    {
        var all = new List<PanelThreshold> { new(null, lowest) };
        foreach (var (from, colour) in steps)
        {
            all.Add(new(from, colour));
        }

        return all;
    }
}
