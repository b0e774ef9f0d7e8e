using LlmMetrics.Facts;

namespace LlmMetrics.Profiles;

/// <summary>Which figures each kind of fact can have.</summary>
internal static class FiguresOfFacts
{
    /// <summary>Whether facts of the kind can have the figure.</summary>
    public static bool Has(FactKind fact, FactValue value) => value == FactValue.Count
        ? fact is not (FactKind.App or FactKind.DbPool or FactKind.Budget)
        : fact switch
        {
            FactKind.LlmCall => value is < FactFigures.FirstOfOthers,
            FactKind.ActiveLlmCall or FactKind.ActiveSession or FactKind.ErrorEvent => false,
            FactKind.RateLimit => value is FactValue.Remaining or FactValue.Limit or FactValue.RetryAfter,
            FactKind.App => value is FactValue.Uptime or FactValue.Info or FactValue.Series
                or FactValue.ActiveUsers or FactValue.PriceDataAge or FactValue.PriceFilesRefused,
            FactKind.Self => value is FactValue.Duration or FactValue.Dropped or FactValue.Folded
                or FactValue.ExportFailures or FactValue.PriceLoads,
            FactKind.RunItems => value is FactValue.Items,
            FactKind.DbPool => value is FactValue.UsedConnections or FactValue.IdleConnections
                or FactValue.MaxConnections,
            FactKind.DbCall => value is FactValue.Duration or FactValue.Rows or FactValue.Errors,
            FactKind.AgentRun => value is FactValue.Duration or FactValue.Errors or FactValue.InferenceCalls
                or FactValue.ToolCalls,
            FactKind.LlmChunk or FactKind.Session => value is FactValue.Duration,
            FactKind.Revenue => value is FactValue.RevenueUsd,
            FactKind.Budget => value is >= FactValue.BudgetLimit and <= FactValue.BudgetUnpriced,
            _ => value is FactValue.Duration or FactValue.Errors,
        };
}
