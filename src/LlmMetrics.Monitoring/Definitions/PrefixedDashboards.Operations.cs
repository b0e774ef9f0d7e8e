namespace LlmMetrics.Monitoring;

/// <summary>Those for who runs the app.</summary>
internal sealed partial class PrefixedDashboards
{
    private PanelQuery LlmErrorRate => new(
        $$"""
        sum(rate({{LlmRequests}}{status="error"}[$__rate_interval]))
        /
        sum(rate({{LlmRequests}}[$__rate_interval]))
        """,
        "language models");

    private Dashboard LlmOperations() => Make(
        "llm-operations", "LLM Operations", "How the language models do: cost, tokens, latency, errors.",
        new DashboardRow(
            "Language models",
            CostByModel,
            new Panel(
                PanelKind.PieChart, "Token distribution", "Tokens in the time shown, by model and type.", "short",
                new PanelQuery(
                    $"sum by (model, type) (increase({Tokens}[$__range]))", "{{model}} {{type}}", IsInstant: true)),
            new Panel(
                PanelKind.TimeSeries, "Average latency", "Mean time to the end of an answer, by model.", "s",
                new PanelQuery(
                    $"""
                    sum by (model) (rate({LlmDuration}_sum[$__rate_interval]))
                    /
                    sum by (model) (rate({LlmDuration}_count[$__rate_interval]))
                    """,
                    "{{model}}"))
            {
                Min = 0,
            },
            new Panel(
                PanelKind.TimeSeries, "Error rate",
                "Share of requests that failed. Not by model: a refusal does not say which one would have served. "
                + Latest,
                "percentunit", LlmErrorRate)
            {
                Min = 0,
                Thresholds = PanelThreshold.Steps("green", (0.05, "red")),
            },
            new Panel(
                PanelKind.Table, "Cost alerts", "Alerts on cost that are pending or firing. Empty is good.", "short",
                new PanelQuery(
                    $$"""
                    count by (alertname, alertstate) ($(ALERTS){alertname="{{PrefixedRules.CostAlert}}"})
                    """,
                    IsInstant: true))
            {
                Width = 24, Height = 5,
            }));

    private Dashboard TechnicalHealth() => Make(
        "technical-health", "Technical Health", "Process, database and API.", Process(), Database(), Api());

    private static DashboardRow Process() => new(
        "Process",
        new Panel(
            PanelKind.TimeSeries, "CPU", "Share of the processors that each process may use.", "percentunit",
            new PanelQuery(
                """
                sum by (instance) (rate($(dotnet.process.cpu.time)[$__rate_interval]))
                /
                sum by (instance) ($(dotnet.process.cpu.count))
                """,
                "{{instance}}"))
        {
            Min = 0, Thresholds = PanelThreshold.Steps("green", (0.8, "yellow"), (0.95, "red")),
        },
        new Panel(
            PanelKind.TimeSeries, "RAM", "Memory of each process that is in RAM.", "bytes",
            new PanelQuery("sum by (instance) ($(dotnet.process.memory.working_set))", "{{instance}}"))
        {
            Min = 0,
        });

    private DashboardRow Database() => new(
        "Database",
        new Panel(
            PanelKind.TimeSeries, "Database performance", "95 of 100 queries end within this time.", "s",
            new PanelQuery(
                $"histogram_quantile(0.95, sum by (operation, le) (rate({DbDuration}_bucket[$__rate_interval])))",
                "{{operation}}"))
        {
            Min = 0,
        },
        new Panel(
            PanelKind.TimeSeries, "Active connections", "Database connections in use, by pool.", "short",
            new PanelQuery($"sum by (pool) ($({prefix}.db.connections.active))", "{{pool}}"))
        {
            Min = 0, Decimals = 0,
        });

    private DashboardRow Api() => new(
        "API",
        new Panel(
            PanelKind.TimeSeries, "API response times", "Half, 95 and 99 of 100 requests are answered within it.",
            "s", Quantile(0.5), Quantile(0.95), Quantile(0.99))
        {
            Min = 0,
        },
        new Panel(
            PanelKind.TimeSeries, "Error rates", $"Share that failed, of requests and of queries. {Latest}",
            "percentunit",
            HttpErrorRate.Queries[0] with { Legend = "HTTP 5xx" },
            LlmErrorRate,
            new PanelQuery(
                $$"""
                sum(rate({{DbQueries}}{status="error"}[$__rate_interval]))
                /
                sum(rate({{DbQueries}}[$__rate_interval]))
                """,
                "database"))
        {
            Min = 0, Thresholds = PanelThreshold.Steps("green", (0.05, "red")),
        });

    private PanelQuery Quantile(double quantile) => new(
        FormattableString.Invariant(
            $"histogram_quantile({quantile}, sum by (le) (rate({HttpDuration}_bucket[$__rate_interval])))"),
        FormattableString.Invariant($"p{quantile * 100:0}"));
}
