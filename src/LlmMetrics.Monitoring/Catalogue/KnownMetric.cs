namespace LlmMetrics.Monitoring;

/// <summary>A metric that dashboards and rules may name.</summary>
/// <param name="Instrument">Name of the instrument, such as <c>shop.llm.cost.usd</c>.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Sample">
/// Its name in Prometheus, such as <c>shop_llm_cost_usd_total</c>; of a histogram without <c>_bucket</c>, <c>_sum</c>
/// and <c>_count</c>.
/// </param>
/// <param name="Labels">Its labels in Prometheus, without <c>job</c> and <c>instance</c>.</param>
internal sealed record KnownMetric(string Instrument, MetricKind Kind, string Sample, IReadOnlyList<string> Labels)
{
    /// <summary>Whether its series carry the labels <c>job</c> and <c>instance</c> of the scrape.</summary>
    /// <value>True; false for what Prometheus makes of rules, such as <c>ALERTS</c>.</value>
    public bool HasScrapeLabels { get; init; } = true;
}
