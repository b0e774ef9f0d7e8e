namespace LlmMetrics.Pricing;

/// <summary>What a price file says.</summary>
/// <param name="Index">Its models and aliases.</param>
/// <param name="Date">The day that its prices are of; null if it does not say.</param>
/// <param name="Notes">What it had that was left out, and why.</param>
internal sealed record ParsedPrices(PriceIndex Index, DateOnly? Date, IReadOnlyList<string> Notes);
