namespace LlmMetrics;

/// <summary>Bounds on the number of tag values and series. What is beyond them is folded, never lost.</summary>
public sealed class CardinalityOptions
{
    /// <summary>
    /// Values that a key field may have in all; further ones become <c>__other__</c> in every metric alike.
    /// </summary>
    /// <value>100. 1 to 100,000.</value>
    public int MaxValuesPerField { get; set; } = 100;

    /// <summary>Other bounds for single fields.</summary>
    /// <value>Empty.</value>
    public IDictionary<FactField, int> MaxValues { get; } = new Dictionary<FactField, int>();

    /// <summary>
    /// Series that a metric may have. From 80 % of it on, open tags of new combinations fold, the last tag first.
    /// </summary>
    /// <value>2,000. 10 to 1,000,000.</value>
    public int MaxSeriesPerMetric { get; set; } = 2000;

    internal int MaxValuesOf(int slot) =>
        slot < Facts.FactData.FirstEnriched && MaxValues.TryGetValue((FactField)slot, out var max)
            ? max
            : MaxValuesPerField;
}
