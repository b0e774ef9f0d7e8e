namespace LlmMetrics.Profiles;

/// <summary>How budgets stand; part of both GenAI profiles and, under its prefix, of the compact one.</summary>
internal static class BudgetInstruments
{
    public static void AddTo(MetricProfileBuilder profile, string prefix = "")
    {
        Gauge(profile, prefix + "llm.budget.limit.usd", FactValue.BudgetLimit)
            .Unit("{usd}").Description("What a budget allows in its period, in US dollars.");
        Gauge(profile, prefix + "llm.budget.spent.usd", FactValue.BudgetSpent)
            .Unit("{usd}").Description("What is known to be spent in the period, in US dollars: a lower bound.");
        Gauge(profile, prefix + "llm.budget.remaining.usd", FactValue.BudgetRemaining)
            .Unit("{usd}").Description("What is left of a budget, in US dollars; below zero when overspent.");
        Gauge(profile, prefix + "llm.budget.burn_rate", FactValue.BudgetBurnRate)
            .Description("Share of the limit that is spent, over the share of the period that is past.");
        Gauge(profile, prefix + "llm.budget.unpriced", FactValue.BudgetUnpriced)
            .Unit("{call}").Description("Calls of the period whose cost is not known, and not in what is spent.");
    }

    private static InstrumentBuilder Gauge(MetricProfileBuilder profile, string name, FactValue value) =>
        profile.Gauge(FactKind.Budget, name, value)
            .Tag("budget", FactField.Name).Tag("feature", FactField.Feature).Tag("tenant", FactField.Tenant);
}
