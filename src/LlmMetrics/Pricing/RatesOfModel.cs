using System.Globalization;

namespace LlmMetrics.Pricing;

/// <summary>Checks rates that the app gives in code, and puts them in the form that prices are computed from.</summary>
internal static class RatesOfModel
{
    private const double Highest = 1_000_000;

    /// <exception cref="ArgumentException">A rate is out of range, or there is none.</exception>
    public static RateCard ToCard(ModelRates rates)
    {
        var card = RateCard.Unset();
        Put(card, Rate.Input, rates.InputPerMillion, nameof(rates.InputPerMillion));
        Put(card, Rate.Output, rates.OutputPerMillion, nameof(rates.OutputPerMillion));
        Put(card, Rate.CacheRead, rates.CacheReadPerMillion, nameof(rates.CacheReadPerMillion));
        Put(card, Rate.CacheWrite, rates.CacheWritePerMillion, nameof(rates.CacheWritePerMillion));
        Put(card, Rate.CacheWrite1Hour, rates.CacheWrite1HourPerMillion, nameof(rates.CacheWrite1HourPerMillion));
        Put(card, Rate.Reasoning, rates.ReasoningPerMillion, nameof(rates.ReasoningPerMillion));
        Put(card, Rate.InputAudio, rates.InputAudioPerMillion, nameof(rates.InputAudioPerMillion));
        Put(card, Rate.OutputAudio, rates.OutputAudioPerMillion, nameof(rates.OutputAudioPerMillion));
        Put(card, Rate.InputImage, rates.InputImagePerMillion, nameof(rates.InputImagePerMillion));
        Put(card, Rate.OutputImage, rates.OutputImagePerMillion, nameof(rates.OutputImagePerMillion));
        Put(card, Rate.Requests, rates.PerThousandRequests, nameof(rates.PerThousandRequests));
        Put(card, Rate.WebSearches, rates.PerThousandWebSearches, nameof(rates.PerThousandWebSearches));
        Put(card, Rate.Characters, rates.PerThousandCharacters, nameof(rates.PerThousandCharacters));
        Put(card, Rate.Images, rates.PerThousandImages, nameof(rates.PerThousandImages));
        Put(card, Rate.AudioHours, rates.PerAudioHour, nameof(rates.PerAudioHour));
        if (Array.TrueForAll(card, double.IsNaN))
        {
            throw new ArgumentException("No rate is set. A model that costs nothing has rates of 0.", nameof(rates));
        }

        Put(card, Rate.MinimumAudioSeconds, rates.MinimumAudioSeconds, nameof(rates.MinimumAudioSeconds));
        return new RateCard(card);
    }

    private static void Put(double[] card, Rate rate, double? value, string name)
    {
        if (value is not { } figure)
        {
            return;
        }

        if (!(figure is >= 0 and <= Highest))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{name} is {figure}, but must be from 0 to 1,000,000."),
                nameof(value));
        }

        card[(int)rate] = figure;
    }
}
