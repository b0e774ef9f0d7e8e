using Microsoft.Extensions.Logging;

namespace LlmMetrics.Budgets;

/// <summary>What budgets log.</summary>
internal static partial class Log
{
    [LoggerMessage(7, LogLevel.Warning,
        "Budget {Budget} ({Value}) has reached {Threshold:P0} of its {LimitUsd} USD, which has to last until {End:O}.")]
    public static partial void BudgetCrossed(
        ILogger logger, string budget, string? value, double threshold, double limitUsd, DateTimeOffset end);
}
