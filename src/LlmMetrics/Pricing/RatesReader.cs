using System.Text.Json;

namespace LlmMetrics.Pricing;

/// <summary>Reads the prices of a model: rates, or a list of rates with the conditions under which they hold.</summary>
internal static class RatesReader
{
    private const int MaxTiers = 16;

    public static ConditionalRates[] Read(ref PriceJson reader)
    {
        if (reader.Token != JsonTokenType.StartArray)
        {
            return [new ConditionalRates(null, Table(ref reader))];
        }

        var prices = new List<ConditionalRates>();
        while (reader.NextElement())
        {
            prices.Add(Conditional(ref reader));
        }

        return prices.Count > 0 ? [.. prices] : throw reader.Failure("the list of prices is empty");
    }

    private static ConditionalRates Conditional(ref PriceJson reader)
    {
        reader.Expect(JsonTokenType.StartObject, "an object with 'prices'");
        PriceConstraint? constraint = null;
        RateTable? rates = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.NextProperty(seen, out var property))
        {
            switch (property)
            {
                case "constraint" when reader.Token != JsonTokenType.Null:
                    constraint = ConstraintReader.Read(ref reader);
                    break;
                case "constraint":
                    break;
                case "prices":
                    rates = Table(ref reader);
                    break;
                default:
                    throw reader.Failure($"'{property}' is neither 'constraint' nor 'prices'");
            }
        }

        return new ConditionalRates(constraint, rates ?? throw reader.Failure("'prices' is missing"));
    }

    private static RateTable Table(ref PriceJson reader)
    {
        reader.Expect(JsonTokenType.StartObject, "an object of rates");
        var rates = RateCard.Unset();
        var tiers = new List<TierRate>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.NextProperty(seen, out var property))
        {
            if (!RateNames.TryParse(property, out var rate))
            {
                throw reader.Failure($"'{property}' is no rate that is known");
            }

            var figure = reader.Token == JsonTokenType.StartObject
                ? Tiered(ref reader, rate, tiers)
                : reader.Figure(property);
            if (rates[(int)rate] is var other && !double.IsNaN(other) && !other.Equals(figure)
                && rate != Rate.Unmeasured)
            {
                throw reader.Failure($"'{property}' contradicts another rate for the same");
            }

            rates[(int)rate] = figure;
        }

        // Nothing charged is how the format writes a free model.
        if (seen.Count == 0)
        {
            rates[(int)Rate.Input] = rates[(int)Rate.Output] = 0;
        }

        return Build(rates, tiers);
    }

    private static double Tiered(ref PriceJson reader, Rate rate, List<TierRate> tiers)
    {
        double? start = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.NextProperty(seen, out var property))
        {
            switch (property)
            {
                case "base":
                    start = reader.Figure(property);
                    break;
                case "tiers":
                    reader.Expect(JsonTokenType.StartArray, "an array of tiers");
                    while (reader.NextElement())
                    {
                        tiers.Add(Tier(ref reader, rate, tiers));
                    }

                    break;
                default:
                    throw reader.Failure($"'{property}' is neither 'base' nor 'tiers'");
            }
        }

        return start ?? throw reader.Failure("'base' is missing");
    }

    private static TierRate Tier(ref PriceJson reader, Rate rate, List<TierRate> others)
    {
        reader.Expect(JsonTokenType.StartObject, "a tier");
        long? start = null;
        double? price = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.NextProperty(seen, out var property))
        {
            switch (property)
            {
                case "start":
                    start = reader.Whole(property);
                    break;
                case "price":
                    price = reader.Figure(property);
                    break;
                default:
                    throw reader.Failure($"'{property}' is neither 'start' nor 'price'");
            }
        }

        if (start is null || price is null)
        {
            throw reader.Failure(start is null ? "'start' is missing" : "'price' is missing");
        }

        if (others.Exists(other => other.Rate == rate && other.Start == start))
        {
            throw reader.Failure($"the tier from {start} is given twice");
        }

        return others.Count < MaxTiers * RateNames.Count
            ? new TierRate(rate, start.Value, price.Value)
            : throw reader.Failure("there are too many tiers");
    }

    private static RateTable Build(double[] rates, List<TierRate> tiers)
    {
        long[] starts = [.. tiers.Select(static tier => tier.Start).Distinct().Order()];
        var cards = new RateCard[starts.Length];
        var above = rates;
        for (var i = 0; i < starts.Length; i++)
        {
            above = [.. above];
            foreach (var tier in tiers)
            {
                if (tier.Start == starts[i])
                {
                    above[(int)tier.Rate] = tier.Price;
                }
            }

            cards[i] = new RateCard(above);
        }

        return new RateTable(new RateCard(rates), starts, cards);
    }

    private sealed record TierRate(Rate Rate, long Start, double Price);
}
