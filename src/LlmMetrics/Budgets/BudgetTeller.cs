using LlmMetrics.Collection;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Budgets;

/// <summary>Tells the log and the observers of thresholds that are reached.</summary>
internal sealed class BudgetTeller(
    IReadOnlyList<IBudgetObserver> observers, ILogger logger, SelfDiagnostics diagnostics)
{
    /// <summary>Tells them on the thread pool, in order: an observer that hangs keeps nothing else waiting.</summary>
    public void Queue(List<BudgetCrossing> crossings) => ThreadPool.UnsafeQueueUserWorkItem(
        static work => work.Teller.Tell(work.Crossings), (Teller: this, Crossings: crossings), preferLocal: false);

    private void Tell(List<BudgetCrossing> crossings)
    {
        foreach (var crossing in crossings)
        {
            try
            {
                Log.BudgetCrossed(
                    logger, crossing.Budget, crossing.Value, crossing.Threshold, crossing.LimitUsd,
                    crossing.PeriodEnd);
            }
            catch (Exception)
            {
                // A logging provider that throws must not keep the observers from being told.
            }

            foreach (var observer in observers)
            {
                try
                {
                    observer.OnCrossed(crossing);
                }
                catch (Exception exception)
                {
                    diagnostics.Failed(LossReason.Observer, exception);
                }
            }
        }
    }
}
