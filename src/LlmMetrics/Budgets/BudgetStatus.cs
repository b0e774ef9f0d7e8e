using LlmMetrics.Budgets;

namespace LlmMetrics;

/// <summary>How a budget stands.</summary>
/// <param name="Budget">Name of the budget.</param>
/// <param name="Value">The feature or tenant; null for a budget of the app.</param>
/// <param name="LimitUsd">The limit, in US dollars.</param>
/// <param name="SpentUsd">What is known to be spent in the period, in US dollars: a lower bound.</param>
/// <param name="UnpricedCalls">Calls of the period whose cost is not known, and not in what is spent.</param>
/// <param name="PeriodStart">When the period began.</param>
/// <param name="PeriodEnd">When the next one begins.</param>
public sealed record BudgetStatus(
    string Budget,
    string? Value,
    double LimitUsd,
    double SpentUsd,
    long UnpricedCalls,
    DateTimeOffset PeriodStart,
    DateTimeOffset PeriodEnd)
{
    /// <summary>What is left, in US dollars; below zero when overspent.</summary>
    public double RemainingUsd => LimitUsd - SpentUsd;

    /// <summary>Whether the limit is reached.</summary>
    public bool IsExhausted => SpentUsd >= LimitUsd;

    /// <summary>
    /// Share of the limit that is spent, over the share of the period that is past: at 1 the limit lasts exactly, at 2
    /// half of the period.
    /// </summary>
    /// <param name="now">The present.</param>
    /// <returns>The rate; null in the first hundredth of a period, where it would say nothing.</returns>
    public double? BurnRate(DateTimeOffset now) =>
        new BudgetFigures(LimitUsd, SpentUsd, UnpricedCalls, PeriodStart, PeriodEnd).BurnRate(now);
}
