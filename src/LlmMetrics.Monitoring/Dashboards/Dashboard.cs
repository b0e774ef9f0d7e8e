namespace LlmMetrics.Monitoring;

/// <summary>A Grafana dashboard.</summary>
/// <param name="Uid">Its stable identifier, which links contain: letters, digits, dashes; at most 40.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Rows">Its rows.</param>
public sealed record Dashboard(
    string Uid, string Title, string Description, params IReadOnlyList<DashboardRow> Rows)
{
    /// <summary>Tags by which dashboards are found and linked.</summary>
    /// <value><c>llm-metrics</c>.</value>
    public IReadOnlyList<string> Tags { get; init; } = ["llm-metrics"];

    /// <summary>How far back it looks at first.</summary>
    /// <value><c>now-24h</c>.</value>
    public string From { get; init; } = "now-24h";

    /// <summary>How often it is refreshed.</summary>
    /// <value><c>30s</c>.</value>
    public string Refresh { get; init; } = "30s";
}
