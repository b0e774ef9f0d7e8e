namespace LlmMetrics.Testing;

/// <summary>A series that a query returned.</summary>
/// <param name="Labels">Its labels, with <c>__name__</c> if the query kept it.</param>
/// <param name="Points">One point for an instant query, several for a range query.</param>
public sealed record PromSeries(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<PromPoint> Points)
{
    /// <summary>Gets the last value.</summary>
    public double Value => Points[^1].Value;

    /// <summary>Gets the metric's name, or an empty text.</summary>
    public string Name => this["__name__"];

    /// <summary>Gets a label's value, or an empty text if it has none, as PromQL sees it.</summary>
    /// <param name="label">The label's name.</param>
    public string this[string label] => Labels.GetValueOrDefault(label, "");
}
