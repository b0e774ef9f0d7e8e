using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using LlmMetrics.Business;
using LlmMetrics.Facts;

namespace LlmMetrics;

/// <summary>Metrics that the app defines itself, under its prefix.</summary>
public sealed class BusinessMetrics
{
    private static readonly double[] _defaultBuckets = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

    private readonly LlmMetricsRuntime _runtime;
    private readonly ActiveUsers _users;
    private readonly BusinessContext _context;

    internal BusinessMetrics(LlmMetricsRuntime runtime, ActiveUsers users, BusinessContext context) =>
        (_runtime, _users, _context) = (runtime, users, context);

    /// <summary>
    /// Says that a user is active. How many distinct ones were in the last five minutes is a gauge of the profiles:
    /// <c>app.active_users</c>, <c>{prefix}.active_users</c>.
    /// </summary>
    /// <param name="userId">
    /// Any id that is always the same for the user; its first 1,024 characters tell it apart. Null and empty ones are
    /// passed over.
    /// </param>
    /// <remarks>
    /// Only a hash under a random key of this process is kept, for as long as the user counts; ids are never exported
    /// nor logged. The number is of this process: users that several replicas see count in each. Window and bound are
    /// set by <see cref="LlmMetricsOptions.ActiveUsers"/>. Never throws; allocates nothing for a known user.
    /// </remarks>
    public void UserSeen(string? userId) => UserSeen(userId.AsSpan());

    /// <inheritdoc cref="UserSeen(string?)"/>
    public void UserSeen(ReadOnlySpan<char> userId)
    {
        if (!userId.IsEmpty && _runtime.Options.Enabled)
        {
            _users.Seen(userId);
        }
    }

    /// <summary>
    /// Opens a session: a visit, a telephone call, a connection. Dispose it to end it. Open ones and durations are
    /// <c>app.sessions.active</c> and <c>app.session.duration</c>, or <c>{prefix}.active_sessions</c> and
    /// <c>{prefix}.session.duration</c>.
    /// </summary>
    /// <param name="kind">What kind of session, a constant of the app; bounded by the cardinality guard.</param>
    /// <returns>The session. It may be disposed on another thread, once.</returns>
    public BusinessSession StartSession(string? kind = null) => new(_runtime, kind);

    /// <summary>Adds to what the app has earned: <c>app.revenue.usd</c>, <c>{prefix}.revenue.usd</c>.</summary>
    /// <param name="usd">US dollars, 0 or more. A refund is no negative revenue: count it in a metric of yours.</param>
    /// <param name="plan">What was paid for, a constant of the app; bounded by the cardinality guard.</param>
    /// <remarks>
    /// Negative and non-finite amounts are refused and counted. It adds up doubles: for charts, not for the books.
    /// </remarks>
    public void RecordRevenue(double usd, string? plan = null)
    {
        var fact = default(FactData);
        fact.KeyFields[(int)FactField.Name] = plan;
        fact.Set(FactValue.RevenueUsd, (double?)usd);
        _runtime.Recorder.Record(FactKind.Revenue, in fact);
    }

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
    /// <param name="buckets">
    /// Upper bounds, ascending; those that the metric has already, else 1 to 10,000 in steps of 1, 2, 5 by default.
    /// </param>
    /// <param name="tagNames">Names of its tags. When the metric is full, the last folds first.</param>
    /// <param name="unit">Unit in UCUM notation.</param>
    /// <param name="description">Description.</param>
    /// <returns>The histogram.</returns>
    /// <exception cref="ArgumentException">
    /// The name is illegal or taken by another metric or with other buckets, or the buckets are not ascending.
    /// </exception>
    public BusinessHistogram Histogram(
        string name, IReadOnlyList<double>? buckets = null, IReadOnlyList<string>? tagNames = null, string unit = "",
        string description = "")
    {
        var definition = Define(name, MetricKind.Histogram, tagNames, unit, description);
        return new(_context.Create(definition with
        {
            Buckets = buckets ?? _context.BoundsOf(definition.Name) ?? _defaultBuckets,
        }));
    }

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
    [OverloadResolutionPriority(1)]
    public void ObservedGauge(string name, Func<double> read, string unit = "", string description = "")
    {
        ArgumentNullException.ThrowIfNull(read);
        Observe(name, () => [new Measurement<double>(read())], unit, description);
    }

    /// <summary>
    /// A gauge with tags that is read from the app at every collection. What the callback throws is counted.
    /// </summary>
    /// <param name="name">Name without the prefix.</param>
    /// <param name="read">
    /// Gives the values with their tags; called on another thread, and not waited for beyond the collect timeout. A
    /// series that it leaves out is not exported, nor are any while it fails or hangs.
    /// </param>
    /// <param name="unit">Unit in UCUM notation.</param>
    /// <param name="description">Description.</param>
    /// <exception cref="ArgumentException">The name is illegal, or taken by a metric of another kind.</exception>
    /// <remarks>
    /// Values of tags are bounded by the cardinality guard; those of folded ones add up. At most 16 tags.
    /// </remarks>
    public void ObservedGauge(
        string name, Func<IEnumerable<Measurement<double>>> read, string unit = "", string description = "")
    {
        ArgumentNullException.ThrowIfNull(read);
        Observe(name, read, unit, description);
    }

    private void Observe(
        string name, Func<IEnumerable<Measurement<double>>> read, string unit, string description) =>
        _context.Observe(Define(name, MetricKind.Gauge, null, unit, description) with { Fact = FactKind.App }, read);

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
