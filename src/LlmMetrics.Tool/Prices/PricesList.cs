using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LlmMetrics.Pricing;

namespace LlmMetrics.Tool.Prices;

/// <summary><c>llm-metrics prices list</c>: the models that have a price, and what they cost.</summary>
internal static class PricesList
{
    private static readonly TableColumn[] _columns =
    [
        new("provider"), new("model", Wraps: true), new("input", IsFigure: true), new("output", IsFigure: true),
        new("cache read", IsFigure: true), new("cache write", IsFigure: true), new("other", Wraps: true),
    ];

    public static Command Create(ToolConsole console)
    {
        var provider = new Option<string>("--provider") { Description = "Only this provider", HelpName = "P" };
        var model = new Option<string>("--model")
        {
            Description = "Only models whose name contains this",
            HelpName = "TEXT",
        };
        var files = PriceSources.Option();
        var json = new Option<bool>("--json") { Description = "One line of JSON for each model" };
        var command = new Command("list", "The models that have a price, in US dollars per million tokens.")
        {
            provider, model, files, json,
        };
        command.SetAction(parsed =>
        {
            var prices = PriceSources.Load(parsed.GetValue(files));
            var models = Models(prices, parsed.GetValue(provider), parsed.GetValue(model)).ToArray();
            if (parsed.GetValue(json))
            {
                WriteJson(console, models);
            }
            else
            {
                console.WriteTable(_columns, models.Select(static found => Row(found.Provider, found.Price)));
                console.Say(string.Create(
                    CultureInfo.InvariantCulture, $"{models.Length} models; prices of {prices.DataDate:yyyy-MM-dd}"));
            }

            return models.Length > 0 ? ExitCode.Ok : ExitCode.Findings;
        });
        return command;
    }

    private static IEnumerable<(string Provider, ModelPrice Price)> Models(
        PriceCatalogue prices, string? provider, string? model)
    {
        var id = provider is null ? null : prices.Index.Resolve(provider);
        return prices.Index.Providers
            .Where(found => id is null || string.Equals(found.Key, id, StringComparison.OrdinalIgnoreCase))
            .OrderBy(static found => found.Key, StringComparer.Ordinal)
            .SelectMany(static found => found.Value
                .SelectMany(static layer => layer.Entries)
                .Select(static entry => entry.Price)
                .OfType<ModelPrice>()
                .DistinctBy(static price => price.Model, StringComparer.OrdinalIgnoreCase)
                .OrderBy(static price => price.Model, StringComparer.Ordinal)
                .Select(price => (found.Key, price)))
            .Where(found => model is null || found.price.Model.Contains(model, StringComparison.OrdinalIgnoreCase));
    }

    private static void WriteJson(ToolConsole console, IEnumerable<(string Provider, ModelPrice Price)> models)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var (provider, price) in models)
        {
            buffer.Clear();
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                json.WriteString("provider", provider);
                json.WriteString("model", price.Model);
                json.WritePropertyName("prices");
                PriceFileWriter.WritePrices(json, price);
                json.WriteEndObject();
            }

            console.Output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
        }
    }

    private static string[] Row(string provider, ModelPrice price)
    {
        var standard = price.Prices.LastOrDefault(static p => p.Constraint is null) ?? price.Prices[^1];
        var card = standard.Rates.Base;
        return
        [
            provider, price.Model, Figure(card, Rate.Input), Figure(card, Rate.Output), Figure(card, Rate.CacheRead),
            Figure(card, Rate.CacheWrite), string.Join(", ", Others(price, standard)),
        ];
    }

    private static IEnumerable<string> Others(ModelPrice price, ConditionalRates standard)
    {
        var card = standard.Rates.Base;
        for (var rate = Rate.CacheWrite1Hour; rate <= Rate.Unmeasured; rate++)
        {
            if (card.Has(rate))
            {
                yield return rate == Rate.Unmeasured
                    ? "unmeasured"
                    : $"{RateNames.NameOf(rate)} {Figure(card, rate)}";
            }
        }

        foreach (var (start, _) in standard.Rates.Tiers)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"other above {start:#,##0}");
        }

        if (price.Prices.Count > 1)
        {
            yield return $"{price.Prices.Count} prices by date, time or tier";
        }
    }

    private static string Figure(RateCard card, Rate rate) =>
        card.Has(rate) ? ((decimal)card[rate]).ToString(CultureInfo.InvariantCulture) : "";
}
