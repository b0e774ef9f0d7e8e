namespace LlmMetrics.Data;

/// <summary>What the page shows: who measures, the calls, what is under way, and the budgets.</summary>
internal sealed record DashboardState(
    string Service,
    string? Version,
    string Instance,
    DateTimeOffset StartTime,
    double IntervalSeconds,
    double HistorySeconds,
    long? ActiveCalls,
    CallState Calls,
    IReadOnlyList<BudgetRow> Budgets);
