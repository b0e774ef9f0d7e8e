using System.Globalization;

namespace LlmMetrics.Pricing;

/// <summary>Checks rates that the app gives in code, and puts them in the form that prices are computed from.</summary>
internal static class RatesOfModel
{
    private const double Highest = 1_000_000;

    /// <exception cref="ArgumentException">A rate is out of range, or there is none.</exception>
    public static RateCard ToCard(ModelRates rates) => Read(rates, out var card) is { } error
        ? throw new ArgumentException(error, nameof(rates))
        : new RateCard(card);

    /// <summary>What is wrong with the rates; null if nothing is.</summary>
    public static string? Check(ModelRates rates) => Read(rates, out _);

    private static string? Read(ModelRates rates, out double[] card)
    {
        card = RateCard.Unset();
        foreach (var (rate, value, _) in All(rates))
        {
            card[(int)rate] = value ?? double.NaN;
        }

        if (Array.TrueForAll(card, double.IsNaN))
        {
            return "No rate is set. A model that costs nothing has rates of 0.";
        }

        card[(int)Rate.MinimumAudioSeconds] = rates.MinimumAudioSeconds ?? double.NaN;
        foreach (var (_, value, name) in
            All(rates).Append((Rate.MinimumAudioSeconds, rates.MinimumAudioSeconds, nameof(rates.MinimumAudioSeconds))))
        {
            if (value is { } figure && !(figure is >= 0 and <= Highest))
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"{name} is {figure}, but must be from 0 to 1,000,000.");
            }
        }

        return null;
    }

    private static (Rate Rate, double? Value, string Name)[] All(ModelRates rates) =>
    [
        (Rate.Input, rates.InputPerMillion, nameof(rates.InputPerMillion)),
        (Rate.Output, rates.OutputPerMillion, nameof(rates.OutputPerMillion)),
        (Rate.CacheRead, rates.CacheReadPerMillion, nameof(rates.CacheReadPerMillion)),
        (Rate.CacheWrite, rates.CacheWritePerMillion, nameof(rates.CacheWritePerMillion)),
        (Rate.CacheWrite1Hour, rates.CacheWrite1HourPerMillion, nameof(rates.CacheWrite1HourPerMillion)),
        (Rate.Reasoning, rates.ReasoningPerMillion, nameof(rates.ReasoningPerMillion)),
        (Rate.InputAudio, rates.InputAudioPerMillion, nameof(rates.InputAudioPerMillion)),
        (Rate.OutputAudio, rates.OutputAudioPerMillion, nameof(rates.OutputAudioPerMillion)),
        (Rate.InputImage, rates.InputImagePerMillion, nameof(rates.InputImagePerMillion)),
        (Rate.OutputImage, rates.OutputImagePerMillion, nameof(rates.OutputImagePerMillion)),
        (Rate.InputVideo, rates.InputVideoPerMillion, nameof(rates.InputVideoPerMillion)),
        (Rate.OutputVideo, rates.OutputVideoPerMillion, nameof(rates.OutputVideoPerMillion)),
        (Rate.Citation, rates.CitationPerMillion, nameof(rates.CitationPerMillion)),
        (Rate.Requests, rates.PerThousandRequests, nameof(rates.PerThousandRequests)),
        (Rate.WebSearches, rates.PerThousandWebSearches, nameof(rates.PerThousandWebSearches)),
        (Rate.FileSearches, rates.PerThousandFileSearches, nameof(rates.PerThousandFileSearches)),
        (Rate.Characters, rates.PerThousandCharacters, nameof(rates.PerThousandCharacters)),
        (Rate.Images, rates.PerThousandImages, nameof(rates.PerThousandImages)),
        (Rate.Pages, rates.PerThousandPages, nameof(rates.PerThousandPages)),
        (Rate.AudioHours, rates.PerAudioHour, nameof(rates.PerAudioHour)),
    ];
}
