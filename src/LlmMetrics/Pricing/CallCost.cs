using LlmMetrics.Facts;

namespace LlmMetrics.Pricing;

/// <summary>Turns the figures of a call into money. Partial sums are never handed out.</summary>
internal static class CallCost
{
    private const double Million = 1e6;
    private const double Thousand = 1e3;
    private const double SecondsPerHour = 3600;

    public static UnpricedReason Compute(RateCard card, in FactData call, out double costUsd, out double savingsUsd)
    {
        costUsd = savingsUsd = 0;
        if (card.Has(Rate.Unmeasured) || call.Closed.HasOtherCharges)
        {
            return UnpricedReason.NoRate;
        }

        var reason = Tokens(card, in call, out var tokens, out var saved);
        if (reason == UnpricedReason.None)
        {
            reason = Searches(card, Rate.WebSearches, call.Long(FactValue.WebSearches), ref tokens);
        }

        if (reason == UnpricedReason.None)
        {
            reason = Searches(card, Rate.FileSearches, call.Long(FactValue.FileSearches), ref tokens);
        }

        if (reason == UnpricedReason.None && !card.IsPlain)
        {
            reason = Units(card, in call, ref tokens);
        }

        if (reason == UnpricedReason.None)
        {
            costUsd = tokens;
            savingsUsd = saved;
        }

        return reason;
    }

    private static UnpricedReason Tokens(RateCard card, in FactData call, out double usd, out double savedUsd)
    {
        usd = savedUsd = 0;
        var embeddings = call.KeyFields[(int)FactField.Operation] is LlmOperation.Embeddings;
        var input = call.Long(FactValue.InputTokens);
        var output = embeddings ? 0 : call.Long(FactValue.OutputTokens);
        if (input < 0 || output < 0 || (card.Has(Rate.Input) && input is null)
            || (card.Has(Rate.Output) && output is null) || (!card.IsPlain && IsShareUnknown(card, in call)))
        {
            return UnpricedReason.UnknownUsage;
        }

        // A model that is billed by the second, the character or the call may report tokens; those are not billed.
        var otherwiseBilled = card.Has(Rate.AudioHours) || card.Has(Rate.Characters) || card.Has(Rate.Images)
            || card.Has(Rate.Pages) || (card.Has(Rate.Requests) && !card.Has(Rate.Input) && !card.Has(Rate.Output));
        if (!otherwiseBilled
            && ((input > 0 && !card.Has(Rate.Input)) || (output > 0 && !card.Has(Rate.Output))))
        {
            return UnpricedReason.NoRate;
        }

        if (card.IsPlain && !card.HasWrites)
        {
            return PlainTokens(
                card, in call, input.GetValueOrDefault(), output.GetValueOrDefault(), out usd, out savedUsd);
        }

        if (card.Has(Rate.Input))
        {
            var split = InputSplit.Of(card, in call, input.GetValueOrDefault());
            if (!split.IsValid)
            {
                return UnpricedReason.UnknownUsage;
            }

            if (!split.TryPrice(card, out usd, out savedUsd))
            {
                return UnpricedReason.NoRate;
            }
        }

        if (card.Has(Rate.Output) && output > 0)
        {
            usd += OutputTokens(card, in call, output.GetValueOrDefault());
        }

        if (card.Has(Rate.Citation))
        {
            usd += call.Long(FactValue.CitationTokens).GetValueOrDefault() * card[Rate.Citation];
        }

        (usd, savedUsd) = (usd / Million, savedUsd / Million);
        return UnpricedReason.None;
    }

    /// <summary>
    /// Most models charge text in, cached or not, and text out: this is the same as the general way for them.
    /// </summary>
    private static UnpricedReason PlainTokens(
        RateCard card, in FactData call, long input, long output, out double usd, out double savedUsd)
    {
        usd = savedUsd = 0;
        var cached = call.Long(FactValue.CachedInputTokens).GetValueOrDefault();
        if (cached < 0)
        {
            return UnpricedReason.UnknownUsage;
        }

        cached = Math.Min(cached, input);
        var (full, read) = (card[Rate.Input], card.Either(Rate.CacheRead, Rate.Input));
        usd = (((input - cached) * full) + (cached * read) + (output * card[Rate.Output])) / Million;
        savedUsd = cached * Math.Max(0, full - read) / Million;
        return UnpricedReason.None;
    }

    /// <summary>Reasoning, audio and images are part of the output, and leave it only if they have a rate.</summary>
    private static double OutputTokens(RateCard card, in FactData call, long output)
    {
        if (card.IsPlain)
        {
            return output * card[Rate.Output];
        }

        var usd = 0.0;
        usd += Part(card, Rate.Reasoning, call.Long(FactValue.ReasoningOutputTokens), ref output);
        usd += Part(card, Rate.OutputAudio, call.Long(FactValue.OutputAudioTokens), ref output);
        usd += Part(card, Rate.OutputImage, call.Long(FactValue.OutputImageTokens), ref output);
        usd += Part(card, Rate.OutputVideo, call.Long(FactValue.OutputVideoTokens), ref output);
        return usd + (output * card[Rate.Output]);
    }

    private static double Part(RateCard card, Rate rate, long? tokens, ref long rest)
    {
        if (tokens is not > 0 || !card.Has(rate))
        {
            return 0;
        }

        var part = Math.Min(tokens.Value, rest);
        rest -= part;
        return part * card[rate];
    }

    private static bool IsShareUnknown(RateCard card, in FactData call) =>
        IsMediaShareUnknown(card, in call)
        || (card.Has(Rate.OutputVideo) && call.Long(FactValue.OutputVideoTokens) is not >= 0)
        || (card.Has(Rate.Citation) && call.Long(FactValue.CitationTokens) is not >= 0);

    /// <summary>
    /// Speech and images priced apart from text, in an operation that is about them, are never charged as text just
    /// because the provider did not tell their share.
    /// </summary>
    private static bool IsMediaShareUnknown(RateCard card, in FactData call) =>
        call.KeyFields[(int)FactField.Operation] switch
        {
            LlmOperation.SpeechToText => card.Has(Rate.InputAudio) && !call.Has(FactValue.InputAudioTokens),
            LlmOperation.TextToSpeech => card.Has(Rate.OutputAudio) && !call.Has(FactValue.OutputAudioTokens),
            LlmOperation.Image => card.Has(Rate.OutputImage) && !call.Has(FactValue.OutputImageTokens),
            LlmOperation.Realtime => (card.Has(Rate.InputAudio) && !call.Has(FactValue.InputAudioTokens))
                || (card.Has(Rate.OutputAudio) && !call.Has(FactValue.OutputAudioTokens)),
            _ => false,
        };

    private static UnpricedReason Searches(RateCard card, Rate rate, long? count, ref double usd)
    {
        if (count is not { } searches || searches == 0)
        {
            return UnpricedReason.None;
        }

        if (searches < 0)
        {
            return UnpricedReason.UnknownUsage;
        }

        if (card.Has(rate))
        {
            usd += searches * card[rate] / Thousand;
            return UnpricedReason.None;
        }

        // Search models are billed per request, their searches included.
        return rate == Rate.WebSearches && card.Has(Rate.Requests) ? UnpricedReason.None : UnpricedReason.NoRate;
    }

    private static UnpricedReason Units(RateCard card, in FactData call, ref double usd)
    {
        if (card.Has(Rate.Requests))
        {
            usd += card[Rate.Requests] / Thousand;
        }

        if (!Counted(card, Rate.Characters, call.Long(FactValue.Characters), ref usd)
            || !Counted(card, Rate.Images, call.Long(FactValue.Images), ref usd)
            || !Counted(card, Rate.Pages, call.Long(FactValue.Pages), ref usd))
        {
            return UnpricedReason.UnknownUsage;
        }

        if (card.Has(Rate.AudioHours))
        {
            if (call.Double(FactValue.AudioSeconds) is not (>= 0 and < double.PositiveInfinity and var seconds))
            {
                return UnpricedReason.UnknownUsage;
            }

            // The seconds are over all channels, and each channel is billed for the minimum.
            var channels = Math.Max(call.Long(FactValue.AudioChannels) ?? 1, 1);
            var billed = card.Has(Rate.MinimumAudioSeconds)
                ? Math.Max(seconds, channels * card[Rate.MinimumAudioSeconds])
                : seconds;
            usd += billed * card[Rate.AudioHours] / SecondsPerHour;
        }

        return UnpricedReason.None;
    }

    private static bool Counted(RateCard card, Rate rate, long? figure, ref double usd)
    {
        if (!card.Has(rate))
        {
            return true;
        }

        usd += figure.GetValueOrDefault() * card[rate] / Thousand;
        return figure >= 0;
    }
}
