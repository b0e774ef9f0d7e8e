using LlmMetrics.Monitoring;

namespace MigrationApi;

/// <summary>The dashboard "TestBoost Overview", the seven alerts, and the stack of this system's document.</summary>
public static class MigrationMonitoring
{
    private const string Calls = "$(testboost.llm.calls)";
    private const string Errors = "$(testboost.llm.errors)";
    private const string WorkflowSeconds = "$(testboost.workflow.duration)_bucket";
    private const string HttpSeconds = "$(testboost.http.request.duration)_bucket";

    /// <summary>The definition that <c>llm-metrics monitoring init</c> takes.</summary>
    public static MonitoringDefinition Definition { get; } = new(MigrationProfile.Prefix, "testboost-api")
    {
        Profiles = [MigrationProfile.Create()],
        Dashboards = [Overview()],
        RuleGroups = [new("testboost", Recordings(), [.. ModelAlerts(), .. AppAlerts()])],
        Stack = new StackSettings { AppService = "testboost-api", GrafanaPassword = "testboost" },
    };

    private static Dashboard Overview() => new(
        "testboost-overview", "TestBoost Overview", "Sessions, language models, workflows, database and API.",
        Now(), OverTime())
    {
        Tags = ["llm-metrics", "testboost"],
    };

    private static DashboardRow Now() => new(
        "Now",
        new Panel(
            PanelKind.Stat, "Active Sessions", "Sessions that are open.", "short",
            new PanelQuery("sum($(testboost.active_sessions))"))
        {
            Decimals = 0, Thresholds = PanelThreshold.Steps("green", (40, "yellow"), (50, "red")),
        },
        new Panel(
            PanelKind.Stat, "LLM Error Rate", "Share of calls that failed; the alert's threshold is 5 %.",
            "percentunit",
            new PanelQuery($"sum(rate({Errors}[$__rate_interval])) / sum(rate({Calls}[$__rate_interval]))"))
        {
            Decimals = 1, Thresholds = PanelThreshold.Steps("green", (0.05, "red")),
        },
        new Panel(
            PanelKind.Stat, "LLM Calls (24h)", "Calls of the last 24 hours; every try is one.", "short",
            new PanelQuery($"sum(increase({Calls}[24h]))", IsInstant: true))
        {
            Decimals = 0,
        },
        new Panel(
            PanelKind.Stat, "Workflow Duration (p95)", "95 of 100 in the time shown ended within it.", "s",
            new PanelQuery(
                $"histogram_quantile(0.95, sum by (le) (increase({WorkflowSeconds}[$__range])))", IsInstant: true))
        {
            Decimals = 1, Thresholds = PanelThreshold.Steps("green", (300, "red")),
        });

    private static DashboardRow OverTime() => new(
        "Over time",
        new Panel(
            PanelKind.TimeSeries, "LLM Calls by Provider", "Calls per minute.", "reqpm",
            new PanelQuery($"sum by (provider) (rate({Calls}[$__rate_interval])) * 60", "{{provider}}"))
        {
            Min = 0,
        },
        new Panel(
            PanelKind.TimeSeries, "Workflow Duration by Type", "95 of 100 workflows end within it.", "s",
            new PanelQuery(
                $"""
                histogram_quantile(0.95, sum by (le, workflow_type) (
                  rate({WorkflowSeconds}[$__rate_interval])
                ))
                """,
                "{{workflow_type}}"))
        {
            Min = 0, Thresholds = PanelThreshold.Steps("green", (300, "red")),
        },
        new Panel(
            PanelKind.TimeSeries, "Database Connection Pool", "Connections in use, and how many there may be.",
            "short",
            new PanelQuery("sum($(testboost.db.connection.pool.size))", "in use"),
            new PanelQuery("sum($(testboost.db.connection.pool.max))", "maximum"))
        {
            Min = 0, Decimals = 0,
        },
        new Panel(
            PanelKind.TimeSeries, "API Response Time (p50, p95, p99)", "By how many of 100 requests are answered.",
            "s", Quantile("0.5", "p50"), Quantile("0.95", "p95"), Quantile("0.99", "p99"))
        {
            Min = 0, Thresholds = PanelThreshold.Steps("green", (5, "red")),
        });

    private static PanelQuery Quantile(string quantile, string legend) =>
        new($"histogram_quantile({quantile}, sum by (le) (rate({HttpSeconds}[$__rate_interval])))", legend);

    private static RecordingRule[] Recordings() =>
    [
        new("job_provider:testboost_llm_calls:rate5m", $"sum by (job, provider) (rate({Calls}[5m]))"),
        new("job_provider:testboost_llm_errors:rate5m", $"sum by (job, provider) (rate({Errors}[5m]))"),
    ];

    private static AlertRule[] ModelAlerts() =>
    [
        new(
            "HighLLMErrorRate", $"sum(rate({Errors}[5m])) / sum(rate({Calls}[5m])) > 0.05", TimeSpan.FromMinutes(5),
            "critical", "More than 5 % of calls to language models fail",
            "{{ $value | humanizePercentage }} of the calls of the last 5 minutes failed."),
        new(
            "SlowWorkflowExecution",
            $"histogram_quantile(0.95, sum by (le, workflow_type) (rate({WorkflowSeconds}[15m]))) > 300",
            TimeSpan.FromMinutes(10), "warning", "Workflows are slow",
            "5 of 100 runs of {{ $labels.workflow_type }} take longer than {{ $value | humanizeDuration }}."),
        new(
            "LLMRateLimitHit", "sum(increase($(testboost.llm.rate_limit)[1h])) > 10", TimeSpan.Zero, "warning",
            "Providers refuse calls for their rate",
            "{{ $value | printf \"%.0f\" }} calls of the last hour were refused."),
    ];

    private static AlertRule[] AppAlerts() =>
    [
        new(
            "DBConnectionPoolExhausted",
            "$(testboost.db.connection.pool.size) / $(testboost.db.connection.pool.max) > 0.9",
            TimeSpan.FromMinutes(5), "warning", "The database pool is nearly used up",
            "{{ $value | humanizePercentage }} of the connections are in use on {{ $labels.instance }}."),
        new(
            "TooManyActiveSessions", "$(testboost.active_sessions) > 50", TimeSpan.FromMinutes(5), "warning",
            "More than 50 sessions are open", "{{ $value }} sessions are open on {{ $labels.instance }}."),
        new(
            "SlowAPIResponse", $"histogram_quantile(0.95, sum by (le) (rate({HttpSeconds}[5m]))) > 5",
            TimeSpan.FromMinutes(5), "warning", "The API answers slowly",
            "5 of 100 answers take longer than {{ $value | humanizeDuration }}."),
        new(
            "HealthCheckFailed", """$(up){job="testboost-api"} == 0""", TimeSpan.FromMinutes(1), "critical",
            "The API is down", "{{ $labels.instance }} could not be scraped for a minute."),
    ];
}
