using System.Text.Json;

namespace LlmMetrics.Pricing;

/// <summary>Reads the names of one's own for models and providers.</summary>
internal sealed class AliasReader
{
    private readonly List<ModelAlias> _models = [];
    private readonly Dictionary<string, string> _providers = new(StringComparer.OrdinalIgnoreCase);

    public bool Any => _models.Count > 0 || _providers.Count > 0;

    /// <summary>An array of <c>{provider, alias, model}</c>.</summary>
    public void ReadModels(ref PriceJson reader)
    {
        reader.Expect(JsonTokenType.StartArray, "an array of aliases");
        while (reader.NextElement())
        {
            reader.Expect(JsonTokenType.StartObject, "an alias");
            var place = reader.Place;
            var (provider, alias, model) = ("", "", "");
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (reader.NextProperty(seen, out var property))
            {
                switch (property)
                {
                    case "provider":
                        provider = reader.RequiredText(property);
                        break;
                    case "alias":
                        alias = reader.RequiredText(property);
                        break;
                    case "model":
                        model = reader.RequiredText(property);
                        break;
                    default:
                        throw reader.Failure($"'{property}' is neither 'provider', 'alias' nor 'model'");
                }
            }

            if (provider.Length == 0 || alias.Length == 0 || model.Length == 0)
            {
                throw reader.Failure("an alias needs 'provider', 'alias' and 'model'");
            }

            if (_models.Exists(other => IsSame(other, provider, alias)))
            {
                throw reader.Failure($"alias '{alias}' is given twice");
            }

            _models.Add(new ModelAlias(provider, alias, model, place));
        }
    }

    /// <summary>An object of names and the providers that they stand for.</summary>
    public void ReadProviders(ref PriceJson reader)
    {
        reader.Expect(JsonTokenType.StartObject, "an object of provider names");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.NextProperty(seen, out var alias))
        {
            _providers[alias] = reader.RequiredText(alias);
        }
    }

    /// <summary>The index with the aliases above its models.</summary>
    public PriceIndex On(PriceIndex index)
    {
        foreach (var (alias, provider) in _providers)
        {
            index = index.WithAlias(alias, provider);
        }

        foreach (var model in _models)
        {
            index = index.With(model.Provider, model.ToEntry(), level: 0);
        }

        return index;
    }

    private static bool IsSame(ModelAlias other, string provider, string alias) =>
        string.Equals(other.Provider, provider, StringComparison.OrdinalIgnoreCase)
        && string.Equals(other.Alias, alias, StringComparison.OrdinalIgnoreCase);
}
