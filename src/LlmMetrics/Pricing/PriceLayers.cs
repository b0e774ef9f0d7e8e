namespace LlmMetrics.Pricing;

/// <summary>Puts prices from everywhere on top of each other.</summary>
internal static class PriceLayers
{
    /// <exception cref="ArgumentException">A rate or a name in the options is wrong.</exception>
    public static PriceCatalogue Compose(
        PriceCatalogue given, IEnumerable<PriceCatalogue> files, PriceOptions options)
    {
        var prices = options.UseEmbedded || given != PriceCatalogue.Embedded ? given : PriceCatalogue.Empty;

        // Before what is filed under them, or it would not be found.
        foreach (var (alias, provider) in options.ProviderAliases)
        {
            prices = prices.WithProviderAlias(alias, provider);
        }

        foreach (var file in files)
        {
            prices = prices.With(file);
        }

        foreach (var model in options.Models)
        {
            prices = prices.With(model.Provider, model.Model, model.Rates);
        }

        foreach (var alias in options.Aliases)
        {
            prices = prices.WithAlias(new ModelAlias(alias.Provider, alias.Alias, alias.Model, "configuration"));
        }

        return prices;
    }
}
