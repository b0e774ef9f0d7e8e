using System.Globalization;
using System.Text.Json;

namespace LlmMetrics.Pricing;

/// <summary>Writes prices in this library's format, whatever format they were read from.</summary>
internal static class PriceFileWriter
{
    public static void Write(Utf8JsonWriter json, PriceCatalogue prices)
    {
        json.WriteStartObject();
        if (prices.DataDate is { } date)
        {
            json.WriteString("data_date", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        WriteAliases(json, prices.Index);
        json.WriteStartArray("providers");
        foreach (var (provider, layers) in prices.Index.Providers.OrderBy(static p => p.Key, StringComparer.Ordinal))
        {
            var entries = layers.SelectMany(static layer => layer.Entries)
                .Where(static entry => entry.Price is not null)
                .ToArray();
            if (entries.Length > 0)
            {
                json.WriteStartObject();
                json.WriteString("id", provider);
                json.WriteStartArray("models");
                foreach (var entry in entries)
                {
                    Write(json, entry);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Rates, or a list of rates with conditions.</summary>
    public static void WritePrices(Utf8JsonWriter json, ModelPrice price)
    {
        if (price.Prices is [{ Constraint: null } only])
        {
            Write(json, only.Rates);
            return;
        }

        json.WriteStartArray();
        foreach (var (constraint, rates) in price.Prices)
        {
            json.WriteStartObject();
            if (constraint is not null)
            {
                json.WritePropertyName("constraint");
                Write(json, constraint);
            }

            json.WritePropertyName("prices");
            Write(json, rates);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAliases(Utf8JsonWriter json, PriceIndex index)
    {
        if (index.ProviderAliases.Count > 0)
        {
            json.WriteStartObject("provider_aliases");
            foreach (var (alias, provider) in index.ProviderAliases.OrderBy(static a => a.Key, StringComparer.Ordinal))
            {
                json.WriteString(alias, provider);
            }

            json.WriteEndObject();
        }

        var aliases = index.Providers.OrderBy(static provider => provider.Key, StringComparer.Ordinal)
            .SelectMany(static provider => provider.Value.Reverse())
            .SelectMany(static layer => layer.Entries)
            .Select(static entry => entry.Alias)
            .OfType<ModelAlias>()
            .ToArray();
        if (aliases.Length == 0)
        {
            return;
        }

        json.WriteStartArray("aliases");
        foreach (var alias in aliases)
        {
            json.WriteStartObject();
            json.WriteString("provider", alias.Provider);
            json.WriteString("alias", alias.Alias);
            json.WriteString("model", alias.Model);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ModelEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("id", entry.Price!.Model);
        json.WritePropertyName("match");
        entry.Rule.WriteTo(json);
        json.WritePropertyName("prices");
        WritePrices(json, entry.Price);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PriceConstraint constraint)
    {
        json.WriteStartObject();
        if (constraint.StartDate is { } date)
        {
            json.WriteString("start_date", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        if (constraint.StartTime is { } start)
        {
            json.WriteString("start_time", start.ToString(@"hh\:mm\:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("end_time", constraint.EndTime.ToString(@"hh\:mm\:ss'Z'", CultureInfo.InvariantCulture));
        }

        if (constraint.ServiceTier is { } tier)
        {
            json.WriteString("service_tier", tier);
        }

        if (constraint is { StartDate: null, StartTime: null, ServiceTier: null })
        {
            json.WriteString("service_tier", ServiceTiers.Standard);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RateTable table)
    {
        json.WriteStartObject();
        for (var rate = Rate.Input; rate <= Rate.Unmeasured; rate++)
        {
            var changes = Changes(table, rate);
            if (changes.Count == 0)
            {
                if (table.Base.Has(rate))
                {
                    json.WriteNumber(RateNames.NameOf(rate), Round(table.Base[rate]));
                }

                continue;
            }

            json.WriteStartObject(RateNames.NameOf(rate));
            json.WriteNumber("base", Round(BaseOf(table, rate)));
            json.WriteStartArray("tiers");
            foreach (var (start, price) in changes)
            {
                json.WriteStartObject();
                json.WriteNumber("start", start);
                json.WriteNumber("price", Round(price));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>
    /// LiteLLM can have a rate above a start only: below it, such tokens are charged as the input that they are part
    /// of.
    /// </summary>
    private static double BaseOf(RateTable table, Rate rate) => table.Base.Has(rate) ? table.Base[rate]
        : rate == Rate.Unmeasured ? 0
        : rate is Rate.Reasoning or Rate.OutputAudio or Rate.OutputImage or Rate.OutputVideo ? table.Base[Rate.Output]
        : table.Base[Rate.Input];

    private static List<(long Start, double Price)> Changes(RateTable table, Rate rate)
    {
        var changes = new List<(long, double)>();
        var before = table.Base;
        foreach (var (start, rates) in table.Tiers)
        {
            if (rates.Has(rate) && !rates[rate].Equals(before[rate]))
            {
                changes.Add((start, rates[rate]));
            }

            before = rates;
        }

        return changes;
    }

    /// <summary>To 15 digits, as which products such as 7.5e-08 × 1,000,000 come out even.</summary>
    private static decimal Round(double figure) => (decimal)figure;
}
