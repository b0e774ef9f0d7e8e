using LlmMetrics.Business;
using LlmMetrics.Collection;

namespace LlmMetrics;

/// <summary>Metrics that the app defines itself, under its prefix.</summary>
public sealed class BusinessMetrics
{
    private static readonly double[] s_defaultBuckets = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

    private readonly BusinessContext _context;

    internal BusinessMetrics(BusinessContext context) => _context = context;

    /// <summary>A counter. Asking for the same name again gives the same metric.</summary>
    /// <param name="name">Name without the prefix, such as <c>questions</c>.</param>
    /// <param name="tagNames">Names of its tags. When the metric is full, the last folds first.</param>
    /// <param name="unit">Unit in UCUM notation.</param>
    /// <param name="description">Description.</param>
    /// <returns>The counter.</returns>
    /// <exception cref="ArgumentException">The name is illegal, or taken by a metric of another kind.</exception>
    public BusinessCounter Counter(
        string name, IReadOnlyList<string>? tagNames = null, string unit = "", string description = "") =>
        new(_context.Create(Define(name, MetricKind.Counter, tagNames, unit, description)));

    /// <summary>A histogram. Asking for the same name again gives the same metric.</summary>
    /// <param name="name">Name without the prefix, such as <c>article.length</c>.</param>
    /// <param name="buckets">Upper bounds, ascending; 1 to 10,000 in steps of 1, 2, 5 by default.</param>
    /// <param name="tagNames">Names of its tags. When the metric is full, the last folds first.</param>
    /// <param name="unit">Unit in UCUM notation.</param>
    /// <param name="description">Description.</param>
    /// <returns>The histogram.</returns>
    /// <exception cref="ArgumentException">
    /// The name is illegal or taken by another metric, or the buckets are not ascending.
    /// </exception>
    public BusinessHistogram Histogram(
        string name, IReadOnlyList<double>? buckets = null, IReadOnlyList<string>? tagNames = null, string unit = "",
        string description = "") => new(_context.Create(
            Define(name, MetricKind.Histogram, tagNames, unit, description) with
            {
                Buckets = buckets ?? s_defaultBuckets,
            }));

    /// <summary>A gauge that the app sets. Asking for the same name again gives the same metric.</summary>
    /// <param name="name">Name without the prefix, such as <c>sessions.open</c>.</param>
    /// <param name="tagNames">Names of its tags. When the metric is full, the last folds first.</param>
    /// <param name="unit">Unit in UCUM notation.</param>
    /// <param name="description">Description.</param>
    /// <returns>The gauge.</returns>
    /// <exception cref="ArgumentException">The name is illegal, or taken by a metric of another kind.</exception>
    public BusinessGauge Gauge(
        string name, IReadOnlyList<string>? tagNames = null, string unit = "", string description = "") =>
        new(_context.Create(Define(name, MetricKind.Gauge, tagNames, unit, description)));

    /// <summary>A gauge that is read from the app at every collection. What the callback throws is counted.</summary>
    /// <param name="name">Name without the prefix.</param>
    /// <param name="read">
    /// Gives the value; called on another thread, and not waited for beyond the collect timeout.
    /// </param>
    /// <param name="unit">Unit in UCUM notation.</param>
    /// <param name="description">Description.</param>
    /// <exception cref="ArgumentException">The name is illegal, or taken by a metric of another kind.</exception>
    public void ObservedGauge(string name, Func<double> read, string unit = "", string description = "")
    {
        ArgumentNullException.ThrowIfNull(read);
        _context.Observe(Define(name, MetricKind.Gauge, null, unit, description) with { Fact = FactKind.App }, read);
    }

    private InstrumentDefinition Define(
        string name, MetricKind kind, IReadOnlyList<string>? tagNames, string unit, string description)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new InstrumentDefinition
        {
            Fact = FactKind.Self,
            Name = _context.Prefix is { Length: > 0 } prefix ? $"{prefix}.{name}" : name,
            Kind = kind,
            // Any figure that is a double: business values need not be whole.
            Value = FactValue.CostUsd,
            Unit = unit,
            Description = description,
            Tags = [.. (tagNames ?? []).Select(static tag => new TagDefinition(tag, []))],
        };
    }
}
