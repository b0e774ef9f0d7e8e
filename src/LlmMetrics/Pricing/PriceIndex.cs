using System.Collections.Frozen;
using System.Collections.Immutable;

namespace LlmMetrics.Pricing;

/// <summary>Models by provider id, in the order in which they are tried; the first rule that matches wins.</summary>
internal sealed class PriceIndex(
    FrozenDictionary<string, ImmutableArray<ModelEntry>> providers,
    FrozenDictionary<string, string> aliases)
{
    public FrozenDictionary<string, ImmutableArray<ModelEntry>> Providers => providers;

    public FrozenDictionary<string, string> Aliases => aliases;

    public string Resolve(string provider) => aliases.GetValueOrDefault(provider) ?? ProviderNames.Resolve(provider);

    public ModelPrice? Find(string provider, string model)
    {
        var id = Resolve(provider.Trim());
        var name = model.Trim();
        if (FindOwn(id, name) is { } own)
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

    private ModelPrice? FindAtVendor(string vendor, string model) =>
        ModelNames.IsVendorsOwn(vendor, model) ? FindOwn(vendor, model) : null;

    private ModelPrice? FindOwn(string id, string model)
    {
        if (!providers.TryGetValue(id, out var entries))
        {
            return null;
        }

        var bare = ModelNames.WithoutPath(id, model);
        return First(entries, model)
            ?? First(entries, bare)
            ?? First(entries, ModelNames.WithoutDate(bare ?? model));
    }

    private static ModelPrice? First(ImmutableArray<ModelEntry> entries, string? model)
    {
        if (model is null)
        {
            return null;
        }

        foreach (var entry in entries)
        {
            if (entry.Rule.IsMatch(model))
            {
                return entry.Price;
            }
        }

        return null;
    }
}
