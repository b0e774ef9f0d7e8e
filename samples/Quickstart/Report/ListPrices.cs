namespace Quickstart.Report;

/// <summary>
/// Prices of the models that the simulator serves to the workload, written out here so that the judge of the
/// measured cost doesn't share the library's price list.
/// </summary>
internal static class ListPrices
{
    private const double Million = 1_000_000;

    // US dollars per million tokens.
    private static readonly Dictionary<string, (double Input, double Cached, double Output)> _rates =
        new(StringComparer.Ordinal)
        {
            ["gpt-4o-mini-2024-07-18"] = (0.15, 0.075, 0.6),
            ["gpt-4o-2024-08-06"] = (2.5, 1.25, 10),
            ["gpt-4.1-mini-2025-04-14"] = (0.4, 0.1, 1.6),
            ["gpt-5-mini-2025-08-07"] = (0.25, 0.025, 2),
            ["text-embedding-3-small"] = (0.02, 0.02, 0),
        };

    /// <summary>Cost in US dollars; null when the model's price is not listed.</summary>
    /// <param name="model">Model that answered.</param>
    /// <param name="input">Input tokens, cached ones included.</param>
    /// <param name="cached">The cached part of the input tokens.</param>
    /// <param name="output">Output tokens.</param>
    public static double? Cost(string model, long input, long cached, long output) =>
        _rates.TryGetValue(model, out var rates)
            ? (((input - cached) * rates.Input) + (cached * rates.Cached) + (output * rates.Output)) / Million
            : null;
}
