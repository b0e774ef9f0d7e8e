using System.Text.Json;

namespace LlmMetrics.Pricing;

/// <summary>
/// The prices of one model in LiteLLM's format, which counts in US dollars per single token, second, character, image
/// or query.
/// </summary>
internal sealed class LiteLlmModel
{
    private const double PerMillion = 1e6;
    private const double PerThousand = 1e3;
    private const double PerHour = 3600;

    private static readonly Dictionary<string, (Rate Rate, double Scale)> _tokens = new(StringComparer.Ordinal)
    {
        ["input_cost_per_token"] = (Rate.Input, PerMillion),
        ["output_cost_per_token"] = (Rate.Output, PerMillion),
        ["cache_read_input_token_cost"] = (Rate.CacheRead, PerMillion),
        ["cache_creation_input_token_cost"] = (Rate.CacheWrite, PerMillion),
        ["cache_creation_input_token_cost_above_1hr"] = (Rate.CacheWrite1Hour, PerMillion),
        ["output_cost_per_reasoning_token"] = (Rate.Reasoning, PerMillion),
        ["input_cost_per_audio_token"] = (Rate.InputAudio, PerMillion),
        ["output_cost_per_audio_token"] = (Rate.OutputAudio, PerMillion),
        ["cache_read_input_audio_token_cost"] = (Rate.CachedAudio, PerMillion),
        ["input_cost_per_image_token"] = (Rate.InputImage, PerMillion),
        ["output_cost_per_image_token"] = (Rate.OutputImage, PerMillion),
        ["cache_read_input_image_token_cost"] = (Rate.CachedImage, PerMillion),
        ["input_cost_per_video_token"] = (Rate.InputVideo, PerMillion),
        ["citation_cost_per_token"] = (Rate.Citation, PerMillion),
        ["file_search_cost_per_1k_calls"] = (Rate.FileSearches, 1),
        ["ocr_cost_per_page"] = (Rate.Pages, PerThousand),
        ["annotation_cost_per_page"] = (Rate.AnnotatedPages, PerThousand),
    };

    private readonly Dictionary<(Rate Rate, long Above, string? Tier), double> _rates = [];
    private readonly Dictionary<string, double> _units = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _ignored = new(StringComparer.Ordinal);
    private readonly HashSet<double> _searches = [];

    public string? Provider { get; private set; }

    /// <summary>Keys that say a price and were left out.</summary>
    public IReadOnlyCollection<string> Ignored => _ignored;

    private string? Mode { get; set; }

    private bool HasTokenPrice => IsCharged(Rate.Input) || IsCharged(Rate.Output);

    public void Read(ref PriceJson reader)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.NextProperty(seen, out var property))
        {
            if (property == "litellm_provider")
            {
                Provider = reader.RequiredText(property);
            }
            else if (property == "mode" && reader.Token == JsonTokenType.String)
            {
                Mode = reader.RequiredText(property);
            }
            else if (property == "search_context_cost_per_query" && reader.Token == JsonTokenType.StartObject)
            {
                ReadSearches(ref reader);
            }
            else if (!property.Contains("_cost", StringComparison.Ordinal) || reader.Token == JsonTokenType.Null)
            {
                reader.Skip();
            }
            else
            {
                ReadCost(ref reader, property);
            }
        }
    }

    /// <summary>The prices, or null if there are none that this library can compute with.</summary>
    public ConditionalRates[]? ToPrices()
    {
        AddUnits();
        DropTiersWithoutBase();
        if (_rates.Count == 0)
        {
            return null;
        }

        var tiers = _rates.Keys.Select(static key => key.Tier).OfType<string>().Distinct(StringComparer.Ordinal);
        return
        [
            new ConditionalRates(null, Table(null)),
            .. tiers.Order(StringComparer.Ordinal).Select(tier =>
                new ConditionalRates(new PriceConstraint { ServiceTier = tier }, Table(tier))),
        ];
    }

    private void ReadCost(ref PriceJson reader, string property)
    {
        var key = LiteLlmKey.Of(property);
        if (_tokens.TryGetValue(key.Rate, out var known))
        {
            _rates[(known.Rate, key.Above, key.Tier)] = reader.Figure(property, 1e6 / known.Scale) * known.Scale;
        }
        else if (reader.Token == JsonTokenType.Number)
        {
            _units[property] = reader.Figure(property);
        }
        else
        {
            _ignored.Add(property);
            reader.Skip();
        }
    }

    private void ReadSearches(ref PriceJson reader)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.NextProperty(seen, out var size))
        {
            _searches.Add(reader.Figure(size, 1e6 / PerThousand) * PerThousand);
        }

        if (_searches.Count > 1)
        {
            // Nobody reports how much context a search had.
            _ignored.Add("search_context_cost_per_query");
            _searches.Clear();
        }
    }

    /// <summary>
    /// Other units are what a model is billed by only if it has no price per token: beside one, they are another way
    /// to say it.
    /// </summary>
    private void AddUnits()
    {
        if (_searches.Count == 1)
        {
            Set(Rate.WebSearches, _searches.Single());
        }

        if (HasTokenPrice)
        {
            IgnoreUnits();
            return;
        }

        var billed = Mode switch
        {
            "audio_speech" => Bill(Rate.Characters, PerThousand, "input_cost_per_character"),
            // LiteLLM bills the output price of a second if there is one, never both.
            "audio_transcription" => Bill(
                Rate.AudioHours, PerHour, "output_cost_per_second", "input_cost_per_second"),
            "image_generation" or "image_edit" => Bill(
                Rate.Images, PerThousand, "output_cost_per_image", "input_cost_per_image"),
            "rerank" or "search" => Bill(Rate.Requests, PerThousand, "input_cost_per_query"),
            _ => false,
        };
        if (billed || IsCharged(Rate.Pages))
        {
            // Tokens at 0 beside another unit only say that tokens are not what is billed.
            _rates.Remove((Rate.Input, 0, null));
            _rates.Remove((Rate.Output, 0, null));
        }
        else if (_units.Values.Any(static price => price > 0))
        {
            // Billed by something that no call reports: unpriced, not free.
            Set(Rate.Unmeasured, 1);
        }

        IgnoreUnits();
    }

    /// <summary>A price above a number of tokens says nothing about a model that has none below.</summary>
    private void DropTiersWithoutBase()
    {
        foreach (var key in _rates.Keys.Where(static key => key.Above > 0).ToArray())
        {
            var whole = key.Rate is Rate.Output or Rate.Reasoning or Rate.OutputAudio or Rate.OutputImage
                ? Rate.Output
                : Rate.Input;
            if (!_rates.ContainsKey((whole, 0, null)))
            {
                _rates.Remove(key);
                _ignored.Add($"{RateNames.NameOf(key.Rate)} above {key.Above} tokens");
            }
        }
    }

    private bool Bill(Rate rate, double scale, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (_units.TryGetValue(key, out var price) && price > 0)
            {
                Set(rate, price * scale);
                foreach (var used in keys)
                {
                    _units.Remove(used);
                }

                return true;
            }
        }

        return false;
    }

    private void IgnoreUnits()
    {
        foreach (var (key, price) in _units)
        {
            if (price > 0)
            {
                _ignored.Add(key);
            }
        }
    }

    private bool IsCharged(Rate rate) => _rates.TryGetValue((rate, 0, null), out var price) && price > 0;

    private void Set(Rate rate, double price) => _rates[(rate, 0, null)] = price;

    /// <summary>
    /// What a tier does not say is as without it, as LiteLLM has it; but its price above a start has to be said.
    /// </summary>
    private RateTable Table(string? tier)
    {
        var rates = RateCard.Unset();
        Apply(rates, 0, null);
        Apply(rates, 0, tier);
        long[] starts =
        [
            .. _rates.Keys.Where(key => key.Above > 0 && (key.Tier is null || key.Tier == tier))
                .Select(static key => key.Above).Distinct().Order(),
        ];
        var cards = new RateCard[starts.Length];
        var above = rates;
        for (var i = 0; i < starts.Length; i++)
        {
            above = [.. above];
            Apply(above, starts[i], null);
            Apply(above, starts[i], tier);
            above[(int)Rate.Unmeasured] = IsUnsaid(starts[i], tier) ? 1 : above[(int)Rate.Unmeasured];
            cards[i] = new RateCard(above);
        }

        return new RateTable(new RateCard(rates), starts, cards);
    }

    /// <summary>
    /// Whether a rate changes above the start and is another one at the tier, but nobody says what both together make.
    /// </summary>
    private bool IsUnsaid(long above, string? tier) => tier is not null && _rates.Keys.Any(key =>
        key.Above == above && key.Tier is null
        && _rates.ContainsKey((key.Rate, 0, tier)) && !_rates.ContainsKey((key.Rate, above, tier)));

    private void Apply(double[] rates, long above, string? tier)
    {
        foreach (var (key, price) in _rates)
        {
            if (key.Above == above && key.Tier == tier)
            {
                rates[(int)key.Rate] = price;
            }
        }
    }
}
