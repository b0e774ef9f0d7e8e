namespace LlmMetrics.Budgets;

/// <summary>What the state file says of one budget, feature or tenant, and period.</summary>
internal sealed class BudgetEntry(string budget, string? value, DateTimeOffset start)
{
    public string Budget => budget;

    public string? Value => value;

    public DateTimeOffset Start => start;

    public double Spent { get; set; }

    public long Unpriced { get; set; }

    /// <summary>Thresholds that have been told, by whatever process.</summary>
    public HashSet<double> Crossed { get; } = [];
}
