namespace LlmMetrics.Pricing;

/// <summary>A price and the level of the layer it was found in; the higher level is the app's own word.</summary>
internal sealed record FoundPrice(ModelPrice Price, int Level);
