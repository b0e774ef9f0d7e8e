using LlmMetrics.Budgets;

namespace LlmMetrics;

/// <content>The budgets.</content>
public sealed partial class LlmMetricsRuntime
{
    private readonly BudgetBook? _budgets;

    /// <summary>
    /// How all budgets stand now, those of features and tenants as far as these have spent anything. An app that wants
    /// to stop at a limit asks before it calls.
    /// </summary>
    /// <returns>One status for each budget, feature or tenant; empty without budgets.</returns>
    public IReadOnlyList<BudgetStatus> GetBudgets() => _budgets?.Read() ?? [];
}
