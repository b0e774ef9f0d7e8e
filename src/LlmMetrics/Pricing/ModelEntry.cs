namespace LlmMetrics.Pricing;

/// <summary>One model of a provider: which names it goes by and what it costs.</summary>
internal sealed record ModelEntry(ModelRule Rule, ModelPrice Price);
