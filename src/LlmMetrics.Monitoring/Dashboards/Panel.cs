namespace LlmMetrics.Monitoring;

/// <summary>A panel of a dashboard.</summary>
/// <param name="Kind">How it shows its figures.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">What the figures mean, and what to know about them.</param>
/// <param name="Unit">A unit of Grafana, such as <c>currencyUSD</c>, <c>s</c> or <c>short</c>.</param>
/// <param name="Queries">Its queries.</param>
public sealed record Panel(
    PanelKind Kind, string Title, string Description, string Unit, params IReadOnlyList<PanelQuery> Queries)
{
    /// <summary>Width in columns of 24.</summary>
    /// <value>Stat and gauge 6, others 12.</value>
    public int Width { get; init; } = Kind is PanelKind.Stat or PanelKind.Gauge ? 6 : 12;

    /// <summary>Height in rows of 30 pixels.</summary>
    /// <value>Stat and gauge 5, others 8.</value>
    public int Height { get; init; } = Kind is PanelKind.Stat or PanelKind.Gauge ? 5 : 8;

    /// <summary>Colours by value, ascending; the first holds for everything below the second.</summary>
    public IReadOnlyList<PanelThreshold> Thresholds { get; init; } = [];

    /// <summary>Digits behind the point; null leaves it to Grafana.</summary>
    public int? Decimals { get; init; }

    /// <summary>Lower end of the scale; null leaves it to Grafana.</summary>
    public double? Min { get; init; }

    /// <summary>Upper end of the scale; null leaves it to Grafana.</summary>
    public double? Max { get; init; }

    /// <summary>Colours of series by their names, such as <c>positive</c>; others get theirs from Grafana.</summary>
    public IReadOnlyDictionary<string, string> Colours { get; init; } = new Dictionary<string, string>();

    /// <summary>A time of the panel's own in place of the dashboard's, such as <c>now/d</c> for today so far.</summary>
    public string? TimeFrom { get; init; }
}
