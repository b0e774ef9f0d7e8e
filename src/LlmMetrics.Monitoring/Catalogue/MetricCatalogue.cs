using LlmMetrics.Naming;

namespace LlmMetrics;

/// <summary>
/// All metrics that an app exposes: what its profiles define, what the framework measures, and its own. Dashboards and
/// rules can name nothing else.
/// </summary>
public sealed class MetricCatalogue
{
    private readonly Dictionary<string, KnownMetric> _metrics = new(StringComparer.Ordinal);

    /// <summary>Makes the catalogue of an app.</summary>
    /// <param name="profiles">The profiles that it uses.</param>
    /// <param name="appMetrics">Its own metrics.</param>
    public MetricCatalogue(IEnumerable<MetricProfile> profiles, params IEnumerable<AppMetric> appMetrics)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        ArgumentNullException.ThrowIfNull(appMetrics);
        foreach (var instrument in profiles.SelectMany(static profile => profile.Instruments))
        {
            Add(instrument.Name, instrument.Kind, instrument.Unit, instrument.Tags.Select(static tag => tag.Name));
        }

        foreach (var metric in appMetrics.Concat(FrameworkMetrics.All))
        {
            Add(metric.Name, metric.Kind, metric.Unit, metric.Tags);
        }
    }

    /// <summary>Gets all metrics.</summary>
    public IReadOnlyCollection<KnownMetric> Metrics => _metrics.Values;

    /// <summary>Finds a metric by the name of its instrument.</summary>
    /// <exception cref="MonitoringException">There is none; the message names it.</exception>
    public KnownMetric Find(string instrument) => _metrics.TryGetValue(instrument, out var metric)
        ? metric
        : throw new MonitoringException($"the profile has no metric '{instrument}'");

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
