namespace LlmMetrics.Budgets;

/// <summary>An observer that is a delegate.</summary>
internal sealed class DelegateBudgetObserver(Action<BudgetCrossing> crossed) : IBudgetObserver
{
    public void OnCrossed(BudgetCrossing crossing) => crossed(crossing);
}
