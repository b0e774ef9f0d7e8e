using LlmMetrics.Facts;

namespace LlmMetrics.Pricing;

/// <summary>Completes calls: what follows from their figures, and what they cost.</summary>
internal sealed class CallPricing(PriceCatalogue catalogue)
{
    private PriceCatalogue _catalogue = catalogue;

    private Action? _changed;

    public PriceCatalogue Catalogue
    {
        get => Volatile.Read(ref _catalogue);
        set
        {
            Volatile.Write(ref _catalogue, value);
            _changed?.Invoke();
        }
    }

    /// <summary>Calls back when prices have changed, so that what was found before no longer holds.</summary>
    public void OnChange(Action changed) => _changed += changed;

    /// <summary>Sets what follows from the call itself, before its series are looked up.</summary>
    public static void Complete(ref FactData call)
    {
        ref var closed = ref call.Closed;
        var hasTokens = HasTokens(in call);
        if (hasTokens && closed.UsageSource == (int)UsageSource.None)
        {
            closed.UsageSource = (int)UsageSource.Provider;
        }
        else if (!HasUsage(in call) && closed.UsageMissing == (int)UsageMissingReason.None)
        {
            closed.UsageMissing = (LlmOutcome)closed.Outcome switch
            {
                LlmOutcome.Error => (int)UsageMissingReason.None,
                LlmOutcome.Cancelled => (int)UsageMissingReason.Aborted,
                _ => (int)UsageMissingReason.NotReported,
            };
        }

        if (call.Has(FactValue.CostUsd))
        {
            closed.CostSource = (int)CostSource.Provider;
        }

        call.Set(FactValue.UsageMissing, closed.UsageMissing == 0 || hasTokens ? null : 1L);
        call.Set(FactValue.RateLimitHits, closed.RateLimited && !call.Has(FactValue.RateLimitHits) ? 1L : null);
        call.Set(FactValue.Errors, closed.Outcome == (int)LlmOutcome.Error ? 1L : null);
        call.Set(FactValue.Attempts, closed.Attempts == 0 ? null : (long?)closed.Attempts);
        if (call.Has(FactValue.InputTokens) && call.Has(FactValue.OutputTokens))
        {
            call.Set(FactValue.TotalTokens, (long?)(call.Raw(FactValue.InputTokens) + call.Raw(FactValue.OutputTokens)));
        }
    }

    public ModelPrice? Find(in FactData call) => Catalogue.Find(in call);

    /// <summary>Sets the cost, or that there is none.</summary>
    public static void Price(ref FactData call, ModelPrice? price, TimeProvider time)
    {
        if (call.Has(FactValue.CostUsd) || !HasUsage(in call))
        {
            return;
        }

        if (price is not null && price.TryCompute(in call, time.GetUtcNow(), out var cost, out var savings))
        {
            call.Closed.CostSource = (int)CostSource.Catalogue;
            call.Set(FactValue.CostUsd, (double?)cost);
            call.Set(FactValue.CacheSavingsUsd, savings > 0 ? savings : null);
        }
        else if (call.Closed.Cache == (int)CacheResult.Hit)
        {
            // Nobody was asked, so nothing was paid, whatever the price would have been.
            call.Closed.CostSource = (int)CostSource.Catalogue;
            call.Set(FactValue.CostUsd, (double?)0);
        }
        else
        {
            call.Set(FactValue.Unpriced, (long?)1L);
        }
    }

    private static bool HasTokens(in FactData call) =>
        call.Has(FactValue.InputTokens) || call.Has(FactValue.OutputTokens);

    private static bool HasUsage(in FactData call) =>
        HasTokens(in call) || call.Has(FactValue.Characters) || call.Has(FactValue.AudioSeconds)
        || call.Has(FactValue.Images);
}
