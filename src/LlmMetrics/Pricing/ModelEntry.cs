namespace LlmMetrics.Pricing;

/// <summary>One model of a provider: which names it goes by and what it costs, or whose price it has.</summary>
/// <param name="Rule">The names.</param>
/// <param name="Price">What it costs; null for an alias.</param>
internal sealed record ModelEntry(ModelRule Rule, ModelPrice? Price)
{
    /// <summary>Another name for a model that a layer below has a price for.</summary>
    public ModelAlias? Alias { get; init; }
}
