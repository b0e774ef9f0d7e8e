using LlmMetrics.Naming;

namespace LlmMetrics.Monitoring;

/// <summary>
/// All metrics that an app exposes: what its profiles define, what the framework measures, its own, and what
/// Prometheus adds (<c>up</c>, <c>ALERTS</c>). Dashboards and rules can name nothing else.
/// </summary>
internal sealed class MetricCatalogue
{
    private readonly Dictionary<string, KnownMetric> _metrics = new(StringComparer.Ordinal)
    {
        ["up"] = new("up", MetricKind.Gauge, "up", []),
        ["ALERTS"] = new("ALERTS", MetricKind.Gauge, "ALERTS", ["alertname", "alertstate", "severity"])
        {
            HasScrapeLabels = false,
        },
    };

    /// <summary>Makes the catalogue of an app.</summary>
    /// <param name="profiles">The profiles that it uses.</param>
    /// <param name="appMetrics">Its own metrics.</param>
    public MetricCatalogue(IEnumerable<MetricProfile> profiles, IEnumerable<AppMetric> appMetrics)
    {
        foreach (var instrument in profiles.SelectMany(static profile => profile.Instruments))
        {
            Add(instrument.Name, instrument.Kind, instrument.Unit, instrument.Tags.Select(static tag => tag.Name));
        }

        foreach (var metric in appMetrics.Concat(FrameworkMetrics.All))
        {
            Add(metric.Name, metric.Kind, metric.Unit, metric.Tags);
        }
    }

    /// <summary>Finds a metric by the name of its instrument.</summary>
    /// <param name="instrument">The name, such as <c>shop.llm.cost.usd</c>.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="MonitoringException">There is none; the message names it.</exception>
    public KnownMetric Find(string instrument) => _metrics.TryGetValue(instrument, out var metric)
        ? metric
        : throw new MonitoringException($"there is no metric '{instrument}' in the profiles, the app's own metrics or "
            + "those of the framework");

    // Of two definitions with one name, the labels of both may occur.
    private void Add(string name, MetricKind kind, string unit, IEnumerable<string> tags)
    {
        var labels = tags.Select(PrometheusName.Sanitize);
        if (_metrics.TryGetValue(name, out var known))
        {
            labels = known.Labels.Union(labels, StringComparer.Ordinal);
        }

        _metrics[name] = new(name, kind, PrometheusName.Of(name, unit, kind).Sample, [.. labels]);
    }
}
