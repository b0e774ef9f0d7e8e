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
    public static void Complete(in FactData call, ref ClosedFields closed, ref FactFigures figures)
    {
        var hasTokens = HasTokens(in call);
        if (hasTokens && closed.UsageSource == (int)UsageSource.None)
        {
            closed.UsageSource = (int)UsageSource.Provider;
        }
        else if (!HasUsage(in call) && closed.UsageMissing == (int)UsageMissingReason.None && !IsOwnHit(in closed))
        {
            closed.UsageMissing = (LlmOutcome)closed.Outcome switch
            {
                LlmOutcome.Error => (int)UsageMissingReason.None,
                LlmOutcome.Cancelled => (int)UsageMissingReason.Aborted,
                _ => (int)UsageMissingReason.NotReported,
            };
        }

        if (call.Has(FactValue.CostUsd) && !IsOwnHit(in closed))
        {
            closed.CostSource = (int)CostSource.Provider;
        }

        var isEstimated = closed.UsageSource == (int)UsageSource.Estimated;
        figures.SetOneIf(closed.UsageMissing != 0 && (!hasTokens || isEstimated), FactValue.UsageMissing);
        figures.SetOneIf(closed.RateLimited && !call.Has(FactValue.RateLimitHits), FactValue.RateLimitHits);
        figures.SetOneIf(closed.Outcome == (int)LlmOutcome.Error, FactValue.Errors);
        if (closed.Attempts is var attempts and not 0)
        {
            figures.Set(FactValue.Attempts, (long)attempts);
        }

        if (isEstimated)
        {
            KeepApart(in call, ref closed, ref figures);
        }
        else if (call.Has(FactValue.InputTokens) && call.Has(FactValue.OutputTokens))
        {
            figures.Set(FactValue.TotalTokens, call.Raw(FactValue.InputTokens) + call.Raw(FactValue.OutputTokens));
        }
    }

    /// <summary>Whether it is known what the call used, in tokens or otherwise.</summary>
    public static bool HasUsage(in FactData call) =>
        HasTokens(in call) || call.Has(FactValue.Characters) || call.Has(FactValue.AudioSeconds)
        || call.Has(FactValue.Images) || call.Has(FactValue.Pages);

    public ModelPrice? Find(in FactData call) => Catalogue.Find(in call);

    /// <summary>Sets the cost, or that there is none.</summary>
    public static void Price(
        in FactData call, ModelPrice? price, TimeProvider time, ref ClosedFields closed, ref FactFigures figures)
    {
        if (IsOwnHit(in closed) && (call.Has(FactValue.CostUsd) || !HasUsage(in call)))
        {
            // Nobody was asked. What the answer once cost is what it saves now.
            closed.CostSource = (int)CostSource.Catalogue;
            figures.Set(FactValue.CostUsd, 0.0);
            if (call.Double(FactValue.CostUsd) is > 0 and var saved)
            {
                figures.Set(FactValue.CacheSavingsUsd, saved);
            }

            return;
        }

        if (call.Has(FactValue.CostUsd) || !HasUsage(in call))
        {
            return;
        }

        // Asking what time it is takes longer than the rest, and few prices depend on it.
        var at = price is { DependsOnTime: true } ? time.GetUtcNow() : default;
        if (price is not null && price.TryCompute(in call, at, out var cost, out var savings))
        {
            closed.CostSource = closed.UsageSource == (int)UsageSource.Estimated
                ? (int)CostSource.Estimated
                : (int)CostSource.Catalogue;
            figures.Set(FactValue.CostUsd, cost);
            if (savings > 0)
            {
                figures.Set(FactValue.CacheSavingsUsd, savings);
            }
        }
        else if (IsOwnHit(in closed))
        {
            // Nobody was asked, so nothing was paid, whatever the price would have been.
            closed.CostSource = (int)CostSource.Catalogue;
            figures.Set(FactValue.CostUsd, 0.0);
        }
        else
        {
            closed.CostSource = (int)CostSource.None;
            figures.Set(FactValue.Unpriced, 1L);
        }
    }

    /// <summary>
    /// Estimates become figures of their own, so that no metric of any profile adds them to what providers count.
    /// </summary>
    private static void KeepApart(in FactData call, ref ClosedFields closed, ref FactFigures figures)
    {
        if (closed.CostSource == (int)CostSource.None)
        {
            closed.CostSource = (int)CostSource.Estimated;
        }

        figures.Forget(FactFigures.Tokens);
        if (call.Long(FactValue.InputTokens) is { } input)
        {
            figures.Set(FactValue.EstimatedInputTokens, input);
        }

        if (call.Long(FactValue.OutputTokens) is { } output)
        {
            figures.Set(FactValue.EstimatedOutputTokens, output);
        }
    }

    private static bool HasTokens(in FactData call) =>
        call.Has(FactValue.InputTokens) || call.Has(FactValue.OutputTokens);

    /// <summary>Whether the app's own cache had the answer, so that no provider was asked.</summary>
    private static bool IsOwnHit(in ClosedFields closed) => closed.Cache == (int)CacheResult.Hit;
}
