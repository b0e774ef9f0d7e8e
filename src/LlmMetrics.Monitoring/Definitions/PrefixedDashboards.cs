namespace LlmMetrics.Monitoring;

/// <summary>The six dashboards over the compact profile.</summary>
internal sealed partial class PrefixedDashboards(string prefix)
{
    private const string Latest = "Empty until there is one: what never happened has no series.";

    private readonly string _uid = prefix.Replace('.', '-').Replace('_', '-');

    public IReadOnlyList<Dashboard> All =>
    [
        LlmCosts(), ApiPerformance(), BusinessKpis(), ExecutiveSummary(), LlmOperations(), TechnicalHealth(),
    ];

    private string Cost => $"$({prefix}.llm.cost.usd)";

    private string Tokens => $"$({prefix}.llm.tokens)";

    private string LlmRequests => $"$({prefix}.llm.requests)";

    private string LlmDuration => $"$({prefix}.llm.request.duration)";

    private string HttpRequests => $"$({prefix}.http.requests)";

    private string HttpDuration => $"$({prefix}.http.request.duration)";

    private string DbDuration => $"$({prefix}.db.query.duration)";

    private string DbQueries => $"$({prefix}.db.queries)";

    private string Questions => $"$({prefix}.questions)";

    private string Feedback => $"$({prefix}.feedback)";

    private Panel ActiveUsers => new(
        PanelKind.Stat, "Active users",
        "Distinct users of the last five minutes, added up over processes: who uses two counts in both.", "short",
        new PanelQuery($"sum($({prefix}.active_users))"))
    {
        Decimals = 0,
    };

    private Panel CostByModel => new(
        PanelKind.TimeSeries, "Cost by model",
        "US dollars per hour at the present rate, of calls whose price is known.", "currencyUSD",
        new PanelQuery($"sum by (model) (rate({Cost}[$__rate_interval])) * 3600", "{{model}}"))
    {
        Min = 0,
    };

    private Panel HttpErrorRate => new(
        PanelKind.TimeSeries, "Error rate",
        $"Share of requests that were answered with a status of 5xx. {Latest}", "percentunit",
        new PanelQuery(
            $$"""
            sum(rate({{HttpRequests}}{status=~"5.."}[$__rate_interval]))
            /
            sum(rate({{HttpRequests}}[$__rate_interval]))
            """,
            "5xx"))
    {
        Min = 0,
        Thresholds = PanelThreshold.Steps("green", (0.05, "red")),
    };

    private Dashboard LlmCosts() => Make(
        "llm-costs", "LLM costs", "What calls to language models cost, and what they used.",
        new DashboardRow(
            "Cost",
            new Panel(
                PanelKind.TimeSeries, "Cost per day by model",
                "At every point the cost of the 24 hours before it. A series' first figure is not in it: preset the "
                + "series that you know.", "currencyUSD",
                new PanelQuery($"sum by (model) (increase({Cost}[1d]))", "{{model}}"))
            {
                Min = 0,
            },
            new Panel(
                PanelKind.BarGauge, "Top 5 models by cost", "Total since the processes started.", "currencyUSD",
                new PanelQuery($"sort_desc(topk(5, sum by (model) ({Cost})))", "{{model}}", IsInstant: true))
            {
                Min = 0,
            },
            new Panel(
                PanelKind.TimeSeries, "Tokens per hour", "At the present rate, by model and type.", "short",
                new PanelQuery($"sum by (model, type) (rate({Tokens}[$__rate_interval])) * 3600", "{{model}} {{type}}"))
            {
                Min = 0,
            },
            new Panel(
                PanelKind.Stat, "Average cost per request", "Total cost over all requests, failed ones included.",
                "currencyUSD", new PanelQuery($"sum({Cost}) / sum({LlmRequests})"))
            {
                Decimals = 6, Height = 8, Width = 12,
            }));

    private Dashboard ApiPerformance() => Make(
        "api-performance", "API performance", "How fast and how reliably the API answers.",
        new DashboardRow(
            "Requests",
            new Panel(
                PanelKind.TimeSeries, "p95 latency by endpoint", "95 of 100 requests are answered within it.", "s",
                new PanelQuery(
                    $"histogram_quantile(0.95, sum by (endpoint, le) (rate({HttpDuration}_bucket[$__rate_interval])))",
                    "{{endpoint}}"))
            {
                Width = 24, Min = 0,
            },
            HttpErrorRate,
            new Panel(
                PanelKind.TimeSeries, "Requests per minute", "By route template; what matches none is unmatched.",
                "reqpm",
                new PanelQuery($"sum by (endpoint) (rate({HttpRequests}[$__rate_interval])) * 60", "{{endpoint}}"))
            {
                Min = 0,
            }));

    private Dashboard BusinessKpis() => Make(
        "business-kpis", "Business KPIs", "What the app is used for and what it earns.",
        new DashboardRow(
            "Business",
            ActiveUsers with { Width = 8 },
            new Panel(
                PanelKind.BarGauge, "Cumulative revenue", "Earned since the processes started, by plan.", "currencyUSD",
                new PanelQuery($"sort_desc(sum by (plan) ($({prefix}.revenue.usd)))", "{{plan}}", IsInstant: true))
            {
                Width = 16, Height = 5, Min = 0,
            },
            new Panel(
                PanelKind.TimeSeries, "Questions per day", "At every point the questions of the 24 hours before it.",
                "short",
                new PanelQuery($"sum by (source) (increase({Questions}[1d]))", "{{source}}"))
            {
                Width = 24, Min = 0,
            }));

    private Dashboard ExecutiveSummary() => Make(
        "executive-summary", "Executive Summary", "The five figures that everybody asks for.",
        new DashboardRow(
            "Summary",
            new Panel(
                PanelKind.Stat, "Total monthly cost", "Language models, the last 30 days.", "currencyUSD",
                new PanelQuery($"sum(increase({Cost}[30d]))", IsInstant: true))
            {
                Width = 8, Decimals = 2,
            },
            ActiveUsers with { Width = 8 },
            new Panel(
                PanelKind.Stat, "Questions handled", "In the time shown.", "short",
                new PanelQuery($"sum(increase({Questions}[$__range]))", IsInstant: true))
            {
                Width = 8, Decimals = 0,
            },
            new Panel(
                PanelKind.Gauge, "Satisfaction rate", "Share of rated answers that were good, in the time shown.",
                "percentunit",
                new PanelQuery(
                    $$"""
                    sum(increase({{Feedback}}{rating="positive"}[$__range]))
                    /
                    sum(increase({{Feedback}}[$__range]))
                    """,
                    IsInstant: true))
            {
                Width = 12, Height = 8, Min = 0, Max = 1,
                Thresholds = PanelThreshold.Steps("red", (0.6, "yellow"), (0.8, "green")),
            },
            new Panel(
                PanelKind.Stat, "Uptime", "Of the process that started last.", "dtdurations",
                new PanelQuery($"min($({prefix}.uptime))"))
            {
                Width = 12, Height = 8,
            }));

    private Dashboard Make(string uid, string title, string description, params IReadOnlyList<DashboardRow> rows) =>
        new($"{_uid}-{uid}", title, description, rows) { Tags = ["llm-metrics", _uid] };
}
