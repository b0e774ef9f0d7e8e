namespace LlmMetrics.Data;

/// <summary>A budget as it stands.</summary>
internal sealed record BudgetRow(
    string Name, string? Value, double LimitUsd, double SpentUsd, long UnpricedCalls, DateTimeOffset PeriodEnd)
{
    public static BudgetRow Of(BudgetStatus status) => new(
        status.Budget, status.Value, status.LimitUsd, status.SpentUsd, status.UnpricedCalls, status.PeriodEnd);
}
