namespace LlmMetrics.Monitoring;

/// <summary>
/// What an app's monitoring consists of: its metrics, and the dashboards and rules over them. An assembly that has a
/// public static property of this type can be given to <c>llm-metrics monitoring init</c>.
/// </summary>
/// <param name="Name">Name of the app: letters, digits and dashes. Containers and networks are called after it.</param>
/// <param name="Job">Name of its scrape job, which Prometheus adds to every series.</param>
public sealed record MonitoringDefinition(string Name, string Job)
{
    /// <summary>The profiles that the app uses.</summary>
    /// <value><see cref="MetricProfile.GenAi"/>.</value>
    public IReadOnlyList<MetricProfile> Profiles { get; init; } = [MetricProfile.GenAi];

    /// <summary>Metrics that no profile defines.</summary>
    /// <value>None.</value>
    public IReadOnlyList<AppMetric> AppMetrics { get; init; } = [];

    /// <summary>The dashboards.</summary>
    /// <value>None.</value>
    public IReadOnlyList<Dashboard> Dashboards { get; init; } = [];

    /// <summary>The recording rules and alerts.</summary>
    /// <value>None.</value>
    public IReadOnlyList<RuleGroup> RuleGroups { get; init; } = [];

    /// <summary>Where the app is and how the stack around it is set up.</summary>
    public StackSettings Stack { get; init; } = new();

    /// <summary>The monitoring of an app with the default profile: one dashboard, alerts, recording rules.</summary>
    /// <param name="job">Name of its scrape job, and of the app.</param>
    /// <returns>The definition.</returns>
    public static MonitoringDefinition GenAi(string job = "llm-app") => new(job, job)
    {
        Dashboards = [GenAiDashboard.Create()],
        RuleGroups = GenAiRules.Create(job),
    };

    /// <summary>
    /// The monitoring of an app with the compact profile: six dashboards, three alerts, recording rules.
    /// </summary>
    /// <param name="prefix">The profile's prefix.</param>
    /// <param name="job">Name of its scrape job; the prefix by default.</param>
    /// <returns>The definition.</returns>
    /// <remarks>
    /// Two dashboards show metrics that the app records itself: a counter <c>questions</c> with the tags <c>source</c>
    /// and <c>language</c>, and a counter <c>feedback</c> with the tag <c>rating</c> (positive, negative).
    /// </remarks>
    /// <exception cref="ArgumentException">The prefix is not a legal name.</exception>
    public static MonitoringDefinition Prefixed(string prefix, string? job = null)
    {
        var profile = MetricProfile.Prefixed(prefix);
        return new(prefix.Replace('.', '-').Replace('_', '-'), job ?? prefix)
        {
            Profiles = [profile],
            AppMetrics =
            [
                new(prefix + ".questions", MetricKind.Counter, "{question}", "source", "language"),
                new(prefix + ".feedback", MetricKind.Counter, "{answer}", "rating"),
            ],
            Dashboards = new PrefixedDashboards(prefix).All,
            RuleGroups = PrefixedRules.Create(prefix),
        };
    }

    /// <summary>All metrics that dashboards and rules may name.</summary>
    internal MetricCatalogue CreateCatalogue() => new(Profiles, AppMetrics);
}
