namespace LlmMetrics;

/// <summary>A budget's spending has reached a threshold.</summary>
/// <param name="Budget">Name of the budget.</param>
/// <param name="Value">The feature or tenant; null for a budget of the app.</param>
/// <param name="Threshold">The threshold as a share of the limit: 0.8 is 80 %.</param>
/// <param name="LimitUsd">The limit, in US dollars.</param>
/// <param name="SpentUsd">What is known to be spent, in US dollars: a lower bound.</param>
/// <param name="PeriodStart">When the period began.</param>
/// <param name="PeriodEnd">When the next one begins.</param>
public sealed record BudgetCrossing(
    string Budget,
    string? Value,
    double Threshold,
    double LimitUsd,
    double SpentUsd,
    DateTimeOffset PeriodStart,
    DateTimeOffset PeriodEnd);
