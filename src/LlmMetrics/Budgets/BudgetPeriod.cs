namespace LlmMetrics;

/// <summary>How long a budget has to last.</summary>
public enum BudgetPeriod
{
    /// <summary>From midnight to midnight in the budget's time zone.</summary>
    Daily,

    /// <summary>From the first of a month to the first of the next in the budget's time zone.</summary>
    Monthly,
}
