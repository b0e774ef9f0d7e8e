namespace LlmMetrics.Monitoring;

/// <summary>The dashboard over the default profile.</summary>
internal static class GenAiDashboard
{
    public static Dashboard Create() => new(
        "llm-metrics", "Language models", "Cost, tokens, latency, errors, agents, rate limits and budgets.",
        Money(), Use(), Speed(), Failures(), Agents(), Limits());

    private static DashboardRow Money() => new(
        "Cost",
        new Panel(
            PanelKind.Stat, "Cost", "In the time shown, of calls whose price is known.", "currencyUSD",
            new PanelQuery("sum(increase($(llm.cost.usd)[$__range]))", IsInstant: true))
        {
            Decimals = 2,
        },
        new Panel(
            PanelKind.Stat, "Calls", "In the time shown.", "short",
            new PanelQuery("sum(increase($(llm.calls)[$__range]))", IsInstant: true))
        {
            Decimals = 0,
        },
        new Panel(
            PanelKind.Stat, "Tokens", "Input and output, in the time shown.", "short",
            new PanelQuery("""sum(increase($(llm.tokens){type=~"input|output"}[$__range]))""", IsInstant: true))
        {
            Decimals = 0,
        },
        new Panel(
            PanelKind.Stat, "Calls without a price", "Their tokens are known, their cost is not: the cost is too low.",
            "short", new PanelQuery("sum(increase($(llm.cost.unpriced)[$__range]))", IsInstant: true))
        {
            Decimals = 0, Thresholds = PanelThreshold.Steps("green", (1, "yellow")),
        },
        new Panel(
            PanelKind.TimeSeries, "Cost by model", "US dollars per hour at the present rate.", "currencyUSD",
            new PanelQuery("sum by (model) (rate($(llm.cost.usd)[$__rate_interval])) * 3600", "{{model}}"))
        {
            Min = 0,
        },
        new Panel(
            PanelKind.PieChart, "Cost by feature", "In the time shown; without a name: calls outside of a scope.",
            "currencyUSD",
            new PanelQuery("sum by (feature) (increase($(llm.cost.usd)[$__range]))", "{{feature}}", IsInstant: true)));

    private static DashboardRow Use() => new(
        "Use",
        new Panel(
            PanelKind.TimeSeries, "Tokens per minute", "By type; all but input and output are parts of these two.",
            "short", new PanelQuery("sum by (type) (rate($(llm.tokens)[$__rate_interval])) * 60", "{{type}}"))
        {
            Min = 0,
        },
        new Panel(
            PanelKind.TimeSeries, "Calls per minute", "By provider and operation.", "reqpm",
            new PanelQuery(
                "sum by (provider, operation) (rate($(llm.calls)[$__rate_interval])) * 60",
                "{{provider}} {{operation}}"))
        {
            Min = 0,
        });

    private static DashboardRow Speed() => new(
        "Speed",
        new Panel(
            PanelKind.TimeSeries, "Latency (p50, p95)", "Time to the end of an answer.", "s",
            Quantile(0.5, GenAiNames.Duration), Quantile(0.95, GenAiNames.Duration))
        {
            Min = 0,
        },
        new Panel(
            PanelKind.TimeSeries, "Time to first chunk (p50, p95)", "Of streamed answers.", "s",
            Quantile(0.5, GenAiNames.TimeToFirstChunk), Quantile(0.95, GenAiNames.TimeToFirstChunk))
        {
            Min = 0,
        });

    private static DashboardRow Failures() => new(
        "Failures",
        new Panel(
            PanelKind.TimeSeries, "Error rate by provider",
            "Share of calls that failed. Empty until there is one: what never happened has no series.", "percentunit",
            new PanelQuery(
                """
                sum by (provider) (rate($(llm.calls){outcome="error"}[$__rate_interval]))
                /
                sum by (provider) (rate($(llm.calls)[$__rate_interval]))
                """,
                "{{provider}}"))
        {
            Min = 0, Thresholds = PanelThreshold.Steps("green", (0.05, "red")),
        },
        new Panel(
            PanelKind.TimeSeries, "Errors by type", "Per minute.", "cpm",
            new PanelQuery(
                """
                sum by (error_type) (
                  rate($(gen_ai.client.operation.duration)_count{error_type!=""}[$__rate_interval])
                ) * 60
                """,
                "{{error_type}}"))
        {
            Min = 0,
        });

    private static DashboardRow Agents() => new(
        "Agents",
        new Panel(
            PanelKind.TimeSeries, "Runs per minute", "By agent.", "opm",
            new PanelQuery("sum by (agent) (rate($(llm.agent.runs)[$__rate_interval])) * 60", "{{agent}}"))
        {
            Min = 0,
        },
        new Panel(
            PanelKind.TimeSeries, "Duration of runs (p95)", "By agent.", "s",
            new PanelQuery(
                """
                histogram_quantile(0.95, sum by (gen_ai_agent_name, le) (
                  rate($(gen_ai.invoke_agent.duration)_bucket[$__rate_interval])
                ))
                """,
                "{{gen_ai_agent_name}}"))
        {
            Min = 0,
        });

    private static DashboardRow Limits() => new(
        "Limits",
        new Panel(
            PanelKind.BarGauge, "Rate-limit headroom", "The six limits of providers of which least is left.",
            "percentunit",
            new PanelQuery(
                """
                bottomk(6,
                  min by (provider, model, unit) ($(llm.rate_limit.remaining))
                  /
                  min by (provider, model, unit) ($(llm.rate_limit.limit))
                )
                """,
                "{{provider}} {{model}} {{unit}}", IsInstant: true))
        {
            Min = 0, Max = 1, Thresholds = PanelThreshold.Steps("red", (0.1, "yellow"), (0.3, "green")),
        },
        new Panel(
            PanelKind.BarGauge, "Budgets", "Share of each budget that is spent in its period.", "percentunit",
            new PanelQuery(
                """
                max by (budget, feature, tenant) ($(llm.budget.spent.usd))
                /
                max by (budget, feature, tenant) ($(llm.budget.limit.usd))
                """,
                "{{budget}} {{feature}} {{tenant}}", IsInstant: true))
        {
            Min = 0, Max = 1, Thresholds = PanelThreshold.Steps("green", (0.8, "yellow"), (1, "red")),
        });

    private static PanelQuery Quantile(double quantile, string histogram) => new(
        FormattableString.Invariant(
            $"histogram_quantile({quantile}, sum by (le) (rate($({histogram})_bucket[$__rate_interval])))"),
        FormattableString.Invariant($"p{quantile * 100:0}"));
}
