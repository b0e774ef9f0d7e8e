namespace LlmMetrics;

/// <summary>Is told when a budget's spending reaches a threshold.</summary>
public interface IBudgetObserver
{
    /// <summary>
    /// A threshold is reached: once for each threshold, budget, feature or tenant, and period. With a state file that
    /// holds across restarts and for all processes that share the file.
    /// </summary>
    /// <param name="crossing">What has happened.</param>
    /// <remarks>
    /// Called on the thread pool, shortly after the call that made it so. What it throws is counted and swallowed.
    /// </remarks>
    void OnCrossed(BudgetCrossing crossing);
}
