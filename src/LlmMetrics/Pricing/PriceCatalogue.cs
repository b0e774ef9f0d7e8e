using LlmMetrics.Pricing;

namespace LlmMetrics;

/// <summary>Draft: prices of models.</summary>
public sealed class PriceCatalogue
{
    private readonly Dictionary<string, ModelPrice> _prices = [];

    /// <summary>Draft.</summary>
    public static PriceCatalogue Embedded { get; } = new();

    internal ModelPrice? Find(string? provider, string? model) => _prices.GetValueOrDefault($"{provider}/{model}");
}
