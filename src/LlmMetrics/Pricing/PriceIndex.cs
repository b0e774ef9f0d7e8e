using System.Collections.Frozen;
using System.Collections.Immutable;

namespace LlmMetrics.Pricing;

/// <summary>Models by provider id, the layer added last first; in a layer the first rule that matches wins.</summary>
internal sealed class PriceIndex
{
    public static readonly PriceIndex Empty = new([], []);

    private readonly FrozenDictionary<string, ImmutableArray<ModelLayer>> _providers;
    private readonly FrozenDictionary<string, string> _aliases;

    public PriceIndex(
        Dictionary<string, ImmutableArray<ModelLayer>> providers, Dictionary<string, string> aliases)
    {
        _providers = providers.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _aliases = aliases.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyDictionary<string, ImmutableArray<ModelLayer>> Providers => _providers;

    public IReadOnlyDictionary<string, string> ProviderAliases => _aliases;

    /// <summary>The level of the topmost layer; -1 without any.</summary>
    private int Top => _providers.Values.SelectMany(static layers => layers)
        .Aggregate(-1, static (top, layer) => Math.Max(top, layer.Level));

    public string Resolve(string provider) => _aliases.GetValueOrDefault(provider) ?? ProviderNames.Resolve(provider);

    public FoundPrice? Find(string provider, string model)
    {
        return Find(Resolve(provider.Trim()), model.Trim(), firstLayer: 0);
    }

    /// <summary>The aliases whose model has no price.</summary>
    public IEnumerable<ModelAlias> DanglingAliases()
    {
        foreach (var (id, layers) in _providers)
        {
            for (var i = 0; i < layers.Length; i++)
            {
                foreach (var entry in layers[i].Entries)
                {
                    if (entry.Alias is { } alias && Find(id, alias.Model, i + 1) is null)
                    {
                        yield return alias;
                    }
                }
            }
        }
    }

    private FoundPrice? Find(string id, string name, int firstLayer)
    {
        if (FindOwn(id, name, firstLayer) is { } own)
        {
            return own;
        }

        // What Azure sells of others costs there what it costs at the vendor, region surcharges apart.
        if (string.Equals(id, ProviderNames.Azure, StringComparison.OrdinalIgnoreCase))
        {
            return FindAtVendor(ProviderNames.OpenAI, name) ?? FindAtVendor(ProviderNames.Anthropic, name);
        }

        return string.Equals(id, ProviderNames.OpenRouter, StringComparison.OrdinalIgnoreCase)
            && ModelNames.BehindRouter(name) is var (vendor, behind)
            ? FindOwn(vendor, behind)
            : null;
    }

    /// <summary>One more model, before all others; above them too, unless a level is given.</summary>
    public PriceIndex With(string provider, ModelEntry entry, int? level = null)
    {
        var providers = new Dictionary<string, ImmutableArray<ModelLayer>>(
            _providers, StringComparer.OrdinalIgnoreCase);
        var id = Resolve(provider);
        // The app's own word is never on the level of the data, even where there is no data.
        var layer = new ModelLayer(level ?? Math.Max(Top, 0) + 1, [entry]);
        providers[id] = providers.GetValueOrDefault(id, []).Insert(0, layer);
        return new PriceIndex(providers, CopyAliases());
    }

    /// <summary>All models and aliases of the other index, before and above those of this one.</summary>
    public PriceIndex With(PriceIndex other)
    {
        var above = Top + 1;
        var providers = new Dictionary<string, ImmutableArray<ModelLayer>>(
            _providers, StringComparer.OrdinalIgnoreCase);
        foreach (var (provider, layers) in other._providers)
        {
            var raised = layers.Select(layer => layer with { Level = layer.Level + above }).ToImmutableArray();
            providers[provider] = raised.AddRange(providers.GetValueOrDefault(provider, []));
        }

        var aliases = CopyAliases();
        foreach (var (alias, provider) in other._aliases)
        {
            aliases[alias] = provider;
        }

        return new PriceIndex(providers, aliases);
    }

    public PriceIndex WithAlias(string alias, string provider)
    {
        var aliases = CopyAliases();
        aliases[alias] = Resolve(provider);
        return new PriceIndex(
            new Dictionary<string, ImmutableArray<ModelLayer>>(_providers, StringComparer.OrdinalIgnoreCase), aliases);
    }

    private Dictionary<string, string> CopyAliases() => new(_aliases, StringComparer.OrdinalIgnoreCase);

    private FoundPrice? FindAtVendor(string vendor, string model) =>
        ModelNames.IsVendorsOwn(vendor, model) ? FindOwn(vendor, model) : null;

    /// <summary>
    /// An alias stands for a model of the layers below its own, so that aliases cannot run in circles.
    /// </summary>
    private FoundPrice? FindOwn(string id, string model, int firstLayer = 0)
    {
        if (!_providers.TryGetValue(id, out var layers))
        {
            return null;
        }

        var bare = ModelNames.WithoutPath(id, model);
        var undated = ModelNames.WithoutDate(bare ?? model);
        for (var i = firstLayer; i < layers.Length; i++)
        {
            var entry = layers[i].Find(model) ?? layers[i].Find(bare) ?? layers[i].Find(undated);
            if (entry?.Price is { } price)
            {
                return new FoundPrice(price, layers[i].Level);
            }

            if (entry?.Alias is { } alias && Find(id, alias.Model, i + 1) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
