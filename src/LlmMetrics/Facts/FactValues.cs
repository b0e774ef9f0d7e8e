namespace LlmMetrics.Facts;

/// <summary>What is known about figures.</summary>
internal static class FactValues
{
    /// <summary>Whether a figure is stored as an integer; the others are doubles.</summary>
    public static bool IsInteger(FactValue value) => value switch
    {
        FactValue.Duration or FactValue.TimeToFirstChunk or FactValue.AudioSeconds or FactValue.CostUsd
            or FactValue.CacheSavingsUsd or FactValue.RetryAfter or FactValue.Uptime or FactValue.PriceDataAge
            or (>= FactValue.RevenueUsd and <= FactValue.BudgetBurnRate) => false,
        _ => true,
    };
}
