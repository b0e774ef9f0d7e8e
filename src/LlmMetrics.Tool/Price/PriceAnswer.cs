using LlmMetrics.Pricing;

namespace LlmMetrics.Tool.Price;

/// <summary>What a call costs, or why it has no price. One of the two is null and then not written.</summary>
internal sealed record PriceAnswer
{
    /// <summary>The code for a line that is no call.</summary>
    public const string Invalid = "invalid_line";

    /// <summary>US dollars.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>Why there is no price.</summary>
    public string? Unpriced { get; init; }

    /// <summary>What is wrong with a line that is no call.</summary>
    public string? Detail { get; init; }

    /// <summary>The model whose price was taken, by its name in the price data.</summary>
    public string? ModelMatched { get; init; }

    /// <summary>The moment whose price was taken, in UTC.</summary>
    public DateTime? PricedAt { get; init; }

    public static PriceAnswer Of(in LlmCall call, PriceCatalogue prices, DateTimeOffset at)
    {
        ref readonly var data = ref LlmCall.Data(in call);
        var model = prices.Find(in data)?.Model;
        var reason = prices.Price(in data, at, out var usd, out _);

        // A decimal has the 15 digits that are exact, and is written without an exponent.
        return reason == UnpricedReason.None
            ? new PriceAnswer { CostUsd = (decimal)usd, ModelMatched = model, PricedAt = at.UtcDateTime }
            : new PriceAnswer { Unpriced = CodeOf(reason), ModelMatched = model };
    }

    /// <summary>What a code of <see cref="Unpriced"/> means, for people.</summary>
    public static string Explain(string code) => code switch
    {
        "unknown_model" => "the price data has no such provider or model",
        "unknown_usage" => "a figure that the price is per is missing",
        "no_rate" => "something was used that the price data has no rate for",
        "no_tier_rate" => "the price data has no rate for the service tier",
        "not_in_effect" => "no price of the model holds at that time",
        _ => code,
    };

    private static string CodeOf(UnpricedReason reason) => reason switch
    {
        UnpricedReason.UnknownModel => "unknown_model",
        UnpricedReason.UnknownUsage => "unknown_usage",
        UnpricedReason.NoRate => "no_rate",
        UnpricedReason.NoTierRate => "no_tier_rate",
        UnpricedReason.NotInEffect => "not_in_effect",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
