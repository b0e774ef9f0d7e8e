using LlmMetrics.Naming;

namespace LlmMetrics.Monitoring;

/// <summary>Alerts and recording rules over the compact profile.</summary>
internal static class PrefixedRules
{
    public const string CostAlert = "HighDailyLLMCost";

    public static IReadOnlyList<RuleGroup> Create(string prefix)
    {
        var name = PrometheusName.Sanitize(prefix);
        return
        [
            new(
                name,
                [
                    new(
                        $"job_model:{name}_llm_cost_usd:increase1h",
                        $"sum by (job, model) (increase($({prefix}.llm.cost.usd)[1h]))"),
                    new(
                        $"job:{name}_http_requests:rate5m",
                        $"sum by (job) (rate($({prefix}.http.requests)[5m]))"),
                    new(
                        $"job_le:{name}_llm_request_duration_seconds_bucket:rate5m",
                        $"sum by (job, le) (rate($({prefix}.llm.request.duration)_bucket[5m]))"),
                ],
                [
                    new(
                        CostAlert, $"sum(increase($({prefix}.llm.cost.usd)[1d])) > 100", TimeSpan.FromMinutes(5),
                        "critical", "Language models cost more than 100 dollars in a day",
                        "They cost {{ $value | printf \"%.2f\" }} dollars in the last 24 hours."),
                    new(
                        "HighErrorRate",
                        $"sum(rate($({prefix}.errors)[5m])) / sum(rate($({prefix}.http.requests)[5m])) > 0.05",
                        TimeSpan.FromMinutes(5), "critical", "More than 5 % errors",
                        "{{ $value | humanizePercentage }} errors per request in the last 5 minutes."),
                    new(
                        "SlowLLMRequests",
                        $"histogram_quantile(0.95, sum(rate($({prefix}.llm.request.duration)_bucket[5m])) by (le)) > 5",
                        TimeSpan.FromMinutes(5), "critical", "Language models answer slowly",
                        "5 of 100 answers take longer than {{ $value | humanizeDuration }}."),
                ]),
        ];
    }
}
