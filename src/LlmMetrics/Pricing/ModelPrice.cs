using LlmMetrics.Facts;

namespace LlmMetrics.Pricing;

/// <summary>The price of one model.</summary>
internal sealed class ModelPrice
{
    private const int CacheHit = (int)CacheResult.Hit;

    private readonly ConditionalRates[] _prices;
    private readonly RateTable? _always;

    /// <summary>The last price that holds wins.</summary>
    public ModelPrice(string model, params ConditionalRates[] prices)
    {
        Model = model;
        _prices = prices;
        _always = prices is [{ Constraint: null } only] ? only.Rates : null;
        DependsOnTime = Array.Exists(
            prices, static price => price.Constraint is { StartDate: not null } or { StartTime: not null });
    }

    /// <summary>The model's name in the catalogue.</summary>
    public string Model { get; }

    /// <summary>All prices, of which the last that holds wins.</summary>
    public IReadOnlyList<ConditionalRates> Prices => _prices;

    /// <summary>Whether it matters when a call was made.</summary>
    public bool DependsOnTime { get; }

    /// <summary>
    /// Computes what a call cost. False if a figure or a rate that the price needs is unknown: then the call is
    /// unpriced, never free. Savings are what cached input would have cost more at the input rate (0 if nothing was
    /// cached); a call that the app's own cache answered costs 0 and saves its whole price.
    /// </summary>
    public bool TryCompute(in FactData call, DateTimeOffset at, out double costUsd, out double cacheSavingsUsd) =>
        Compute(in call, at, out costUsd, out cacheSavingsUsd) == UnpricedReason.None;

    /// <summary>As <see cref="TryCompute"/>, but says why there is no price.</summary>
    public UnpricedReason Compute(in FactData call, DateTimeOffset at, out double costUsd, out double cacheSavingsUsd)
    {
        var reason = Priced(in call, at, out costUsd, out cacheSavingsUsd);
        if (call.Closed.Cache == CacheHit)
        {
            (costUsd, cacheSavingsUsd) = (0, costUsd);
            return UnpricedReason.None;
        }

        return reason;
    }

    private UnpricedReason Priced(in FactData call, DateTimeOffset at, out double costUsd, out double cacheSavingsUsd)
    {
        costUsd = cacheSavingsUsd = 0;
        var tier = call.KeyFields[(int)FactField.ServiceTier];
        var rates = _always;
        if (rates is null || !ServiceTiers.IsStandard(tier))
        {
            var missing = Select(tier, at, out rates);
            if (rates is null)
            {
                return missing;
            }
        }

        var card = rates.For(call.Long(FactValue.InputTokens));
        if (card.IsFree)
        {
            return UnpricedReason.None;
        }

        return CallCost.Compute(card, in call, out costUsd, out cacheSavingsUsd);
    }

    private UnpricedReason Select(string? tier, DateTimeOffset at, out RateTable? rates)
    {
        var standard = ServiceTiers.IsStandard(tier);
        rates = null;
        for (var i = _prices.Length - 1; i >= 0; i--)
        {
            var (constraint, candidate) = _prices[i];
            if (ForTier(constraint?.ServiceTier, tier, standard) && constraint?.HoldsAt(at) != false)
            {
                rates = candidate;
                return UnpricedReason.None;
            }
        }

        return standard ? UnpricedReason.NotInEffect : UnpricedReason.NoTierRate;
    }

    private static bool ForTier(string? priced, string? served, bool standard) =>
        priced is null ? standard : string.Equals(priced, served, StringComparison.OrdinalIgnoreCase);
}
