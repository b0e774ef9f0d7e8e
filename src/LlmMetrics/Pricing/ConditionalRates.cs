namespace LlmMetrics.Pricing;

/// <summary>Rates and when they hold; without a constraint they always do.</summary>
internal sealed record ConditionalRates(PriceConstraint? Constraint, RateTable Rates);
