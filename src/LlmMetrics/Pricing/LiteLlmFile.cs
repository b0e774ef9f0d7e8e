using System.Collections.Immutable;
using System.Text.Json;

namespace LlmMetrics.Pricing;

/// <summary>Reads LiteLLM's <c>model_prices_and_context_window.json</c>: an object of models.</summary>
internal static class LiteLlmFile
{
    private const string Example = "sample_spec";
    private const string ProviderKey = "litellm_provider";
    private const int MaxNotes = 1000;

    /// <summary>Whether this looks like LiteLLM's format: a model in it names its provider, or a cost.</summary>
    public static bool IsLike(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
        });
        try
        {
            while (reader.Read())
            {
                if (reader is { CurrentDepth: 0, TokenType: JsonTokenType.StartArray })
                {
                    return false;
                }

                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                if (reader.CurrentDepth == 1 && reader.ValueTextEquals("providers"u8))
                {
                    return false;
                }

                if (reader.CurrentDepth == 2 && (reader.ValueTextEquals("litellm_provider"u8)
                    || reader.ValueSpan.IndexOf("_cost_per_"u8) >= 0))
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            // Whoever reads it next says where it is broken.
            return false;
        }

        return false;
    }

    /// <exception cref="InvalidDataException">The message names line, column and reason.</exception>
    public static ParsedPrices Read(ref PriceJson reader)
    {
        var models = new Dictionary<string, Dictionary<string, ModelEntry>>(StringComparer.OrdinalIgnoreCase);
        var notes = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.NextProperty(seen, out var key))
        {
            if (key == Example)
            {
                reader.Skip();
                continue;
            }

            var place = reader.Place;
            reader.Expect(JsonTokenType.StartObject, "an object of prices");
            var model = new LiteLlmModel();
            model.Read(ref reader);
            Add(ref reader, models, key, model, message =>
            {
                if (notes.Count < MaxNotes)
                {
                    notes.Add($"{place}: {message}");
                }
            });
        }

        reader.End();
        var layers = models.ToDictionary(
            static provider => provider.Key,
            static provider => ImmutableArray.Create(new ModelLayer(0, [.. provider.Value.Values])),
            StringComparer.OrdinalIgnoreCase);
        return new ParsedPrices(new PriceIndex(layers, []), Date: null, notes);
    }

    private static void Add(
        ref PriceJson reader, Dictionary<string, Dictionary<string, ModelEntry>> models, string key,
        LiteLlmModel model, Action<string> note)
    {
        if (model.Provider is not { } provider)
        {
            throw reader.Failure($"'{key}' has no '{ProviderKey}'");
        }

        var prices = model.ToPrices();
        if (model.Ignored.Count > 0)
        {
            note($"'{key}': {string.Join(", ", model.Ignored)} left out");
        }

        if (prices is null)
        {
            note($"'{key}' has no price that calls can be charged by");
            return;
        }

        var id = ProviderOf(provider);
        var name = WithoutPrefix(key, provider);
        var others = models.TryGetValue(id, out var known)
            ? known
            : models[id] = new Dictionary<string, ModelEntry>(StringComparer.OrdinalIgnoreCase);
        if (!others.TryAdd(name, new ModelEntry(ModelRule.Equal(name), new ModelPrice(name, prices))))
        {
            note($"'{key}' is another '{name}' of '{id}', of which the first counts");
        }
    }

    /// <summary>LiteLLM tells services of one cloud apart, which bill the same models at the same prices.</summary>
    private static string ProviderOf(string provider)
    {
        if (provider.StartsWith("vertex_ai", StringComparison.OrdinalIgnoreCase))
        {
            return ProviderNames.Google;
        }

        return provider.ToUpperInvariant() switch
        {
            "BEDROCK_CONVERSE" or "BEDROCK_MANTLE" => ProviderNames.Aws,
            "AZURE_AI" or "AZURE_TEXT" => ProviderNames.Azure,
            "TEXT-COMPLETION-OPENAI" => ProviderNames.OpenAI,
            "COHERE_CHAT" => "cohere",
            _ => ProviderNames.Resolve(provider),
        };
    }

    /// <summary>A key names its provider before the model where LiteLLM routes by it.</summary>
    private static string WithoutPrefix(string key, string provider)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < key.Length - 1 && IsSame(key[..slash], provider) ? key[(slash + 1)..] : key;
    }

    private static bool IsSame(string prefix, string provider) =>
        string.Equals(ProviderOf(prefix), ProviderOf(provider), StringComparison.OrdinalIgnoreCase);
}
