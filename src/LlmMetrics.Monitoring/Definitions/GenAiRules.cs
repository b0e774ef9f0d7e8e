namespace LlmMetrics.Monitoring;

/// <summary>Alerts and recording rules over the default profile.</summary>
internal static class GenAiRules
{
    public static IReadOnlyList<RuleGroup> Create(string job) =>
    [
        new(
            "llm-metrics",
            [
                new("job_model:llm_cost_usd:increase1h", "sum by (job, model) (increase($(llm.cost.usd)[1h]))"),
                new("job_provider:llm_calls:rate5m", "sum by (job, provider) (rate($(llm.calls)[5m]))"),
            ],
            [
                new(
                    "LLMAppDown", $$"""$(up){job="{{job}}"} == 0""", TimeSpan.FromMinutes(1), "critical",
                    "The app does not answer", "{{ $labels.instance }} could not be scraped for a minute."),
                new(
                    "HighLLMErrorRate",
                    """
                    sum by (provider) (rate($(llm.calls){outcome="error"}[5m]))
                    /
                    sum by (provider) (rate($(llm.calls)[5m])) > 0.05
                    """,
                    TimeSpan.FromMinutes(5), "critical", "More than 5 % of calls to language models fail",
                    "{{ $value | humanizePercentage }} of the calls to {{ $labels.provider }} failed."),
                new(
                    "SlowLLMRequests",
                    "histogram_quantile(0.95, sum by (le) "
                    + $"(rate($({GenAiNames.Duration})_bucket[5m]))) > 30",
                    TimeSpan.FromMinutes(10), "warning", "Language models answer slowly",
                    "5 of 100 answers take longer than {{ $value | humanizeDuration }}."),
                new(
                    "LLMBudgetOverspent", "$(llm.budget.remaining.usd) < 0", TimeSpan.Zero, "critical",
                    "A budget is overspent", "Budget {{ $labels.budget }}: {{ $value | printf \"%.2f\" }} dollars."),
                new(
                    "LLMCostUnknown", "sum(increase($(llm.cost.unpriced)[1h])) > 0", TimeSpan.FromMinutes(5),
                    "warning", "Calls without a price",
                    "Calls of the last hour have no price: the cost is too low. Add their models to the prices."),
                new(
                    "LLMMetricsDropped",
                    "sum by (reason) (increase($(llmmetrics.dropped)[15m])) > 0", TimeSpan.FromMinutes(5), "warning",
                    "Measurements are lost",
                    "The library gave up measurements: {{ $labels.reason }}."),
            ]),
    ];
}
