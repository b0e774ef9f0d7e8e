using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace LlmMetrics.Pricing;

/// <summary>
/// Reads a price file: providers with models, in the format of genai-prices and, with aliases, of this library; or
/// LiteLLM's. See docs/pricing.md.
/// </summary>
internal static class PriceFile
{
    /// <exception cref="InvalidDataException">The message names line, column and reason.</exception>
    public static ParsedPrices Parse(ReadOnlySpan<byte> json, string name)
    {
        json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        var reader = new PriceJson(json, name);
        if (LiteLlmFile.IsLike(json))
        {
            return LiteLlmFile.Read(ref reader);
        }

        var providers = new Dictionary<string, ImmutableArray<ModelLayer>>(StringComparer.OrdinalIgnoreCase);
        var aliases = new AliasReader();
        DateOnly? date = null;
        if (reader.Token == JsonTokenType.StartArray)
        {
            Providers(ref reader, providers);
        }
        else
        {
            date = Root(ref reader, providers, aliases);
        }

        reader.End();
        return new ParsedPrices(aliases.On(new PriceIndex(providers, [])), date, []);
    }

    public static DateOnly Date(ref PriceJson reader, string property)
    {
        var text = reader.RequiredText(property);
        return DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw reader.Failure($"'{property}' is '{text}', but must be a date such as 2026-09-23");
    }

    private static DateOnly? Root(
        ref PriceJson reader, Dictionary<string, ImmutableArray<ModelLayer>> providers, AliasReader aliases)
    {
        reader.Expect(JsonTokenType.StartObject, "an object with 'providers', or an array of them,");
        DateOnly? date = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.NextProperty(seen, out var property))
        {
            switch (property)
            {
                case "data_date":
                    date = Date(ref reader, property);
                    break;
                case "providers":
                    reader.Expect(JsonTokenType.StartArray, "an array of providers");
                    Providers(ref reader, providers);
                    break;
                case "aliases":
                    aliases.ReadModels(ref reader);
                    break;
                case "provider_aliases":
                    aliases.ReadProviders(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return seen.Contains("providers") || aliases.Any
            ? date
            : throw reader.Failure("'providers' is missing");
    }

    private static void Providers(
        ref PriceJson reader, Dictionary<string, ImmutableArray<ModelLayer>> providers)
    {
        while (reader.NextElement())
        {
            Provider(ref reader, providers);
        }
    }

    private static void Provider(ref PriceJson reader, Dictionary<string, ImmutableArray<ModelLayer>> providers)
    {
        reader.Expect(JsonTokenType.StartObject, "a provider");
        string? id = null;
        ImmutableArray<ModelEntry>? models = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.NextProperty(seen, out var property))
        {
            switch (property)
            {
                case "id":
                    id = ProviderNames.Resolve(reader.RequiredText(property));
                    if (providers.ContainsKey(id))
                    {
                        throw reader.Failure($"provider '{id}' is given twice");
                    }

                    break;
                case "models":
                    models = Models(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (id is null || models is null)
        {
            throw reader.Failure(id is null ? "the provider has no 'id'" : "the provider has no 'models'");
        }

        providers.Add(id, [new ModelLayer(0, models.Value)]);
    }

    private static ImmutableArray<ModelEntry> Models(ref PriceJson reader)
    {
        reader.Expect(JsonTokenType.StartArray, "an array of models");
        var models = ImmutableArray.CreateBuilder<ModelEntry>();
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.NextElement())
        {
            models.Add(Model(ref reader, ids));
        }

        return models.ToImmutable();
    }

    private static ModelEntry Model(ref PriceJson reader, HashSet<string> ids)
    {
        reader.Expect(JsonTokenType.StartObject, "a model");
        string? id = null;
        ModelRule? rule = null;
        ConditionalRates[]? prices = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.NextProperty(seen, out var property))
        {
            switch (property)
            {
                case "id":
                    id = reader.RequiredText(property);
                    if (!ids.Add(id))
                    {
                        throw reader.Failure($"model '{id}' is given twice");
                    }

                    break;
                case "match":
                    rule = RuleReader.Read(ref reader);
                    break;
                case "prices":
                    prices = RatesReader.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (id is null || prices is null)
        {
            throw reader.Failure(id is null ? "the model has no 'id'" : $"model '{id}' has no 'prices'");
        }

        return new ModelEntry(rule ?? ModelRule.Equal(id), new ModelPrice(id, prices));
    }
}
