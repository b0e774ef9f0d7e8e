using LlmMetrics.Facts;

namespace LlmMetrics.Pricing;

/// <summary>
/// Input tokens by what they are charged for. A part that exceeds the whole is cut to it, and a part without a rate
/// of its own stays in the text. What was cached is taken from where the provider says, and what it does not say from
/// the text first, which is what prompts repeat.
/// </summary>
internal struct InputSplit
{
    private long _text;
    private long _audio;
    private long _image;
    private long _video;
    private long _cachedText;
    private long _cachedAudio;
    private long _cachedImage;
    private long _cachedVideo;
    private long _write;
    private long _write1Hour;

    public bool IsValid { get; private set; }

    public static InputSplit Of(RateCard card, in FactData call, long input)
    {
        var cached = call.Long(FactValue.CachedInputTokens) ?? 0;
        var hasWrites = card.Has(Rate.CacheWrite) || card.Has(Rate.CacheWrite1Hour);
        var write = hasWrites ? call.Long(FactValue.CacheWriteInputTokens) ?? 0 : 0;
        var write1Hour = hasWrites ? call.Long(FactValue.CacheWrite1HourInputTokens) ?? 0 : 0;
        var audio = card.Has(Rate.InputAudio) ? call.Long(FactValue.InputAudioTokens) ?? 0 : 0;
        var image = card.Has(Rate.InputImage) ? call.Long(FactValue.InputImageTokens) ?? 0 : 0;
        var video = card.Has(Rate.InputVideo) ? call.Long(FactValue.InputVideoTokens) ?? 0 : 0;
        var split = new InputSplit { IsValid = (cached | write | write1Hour | audio | image | video) >= 0 };
        split._audio = Math.Min(audio, input);
        split._image = Math.Min(image, input - split._audio);
        split._video = Math.Min(video, input - split._audio - split._image);
        split._text = input - split._audio - split._image - split._video;
        split._cachedAudio = TakeTold(ref split._audio, ref cached, call.Long(FactValue.CachedInputAudioTokens));
        split._cachedImage = TakeTold(ref split._image, ref cached, call.Long(FactValue.CachedInputImageTokens));
        split._cachedText = Take(ref split._text, ref cached);
        split._cachedAudio += Take(ref split._audio, ref cached);
        split._cachedImage += Take(ref split._image, ref cached);
        split._cachedVideo = Take(ref split._video, ref cached);

        // A provider that only tells the 1-hour part has written at least that much.
        write = Math.Max(write, write1Hour);
        split._write = Take(ref split._text, ref write) + Take(ref split._audio, ref write)
            + Take(ref split._image, ref write);
        split._write1Hour = Math.Min(write1Hour, split._write);
        split._write -= split._write1Hour;
        return split;
    }

    /// <summary>Figures per million tokens. False if a 1-hour write has only a 5-minute rate.</summary>
    public readonly bool TryPrice(RateCard card, out double usd, out double savedUsd)
    {
        var input = card[Rate.Input];
        usd = _text * input;
        savedUsd = 0;
        if ((_cachedText | _cachedAudio | _cachedImage | _cachedVideo) != 0)
        {
            var read = card.Either(Rate.CacheRead, Rate.Input);
            AddCached(_cachedText, read, input, ref usd, ref savedUsd);
            AddCached(_cachedAudio, Cached(card, Rate.CachedAudio, Rate.InputAudio), card[Rate.InputAudio],
                ref usd, ref savedUsd);
            AddCached(_cachedImage, Cached(card, Rate.CachedImage, Rate.InputImage), card[Rate.InputImage],
                ref usd, ref savedUsd);
            AddCached(_cachedVideo, card.Either(Rate.CacheRead, Rate.InputVideo), card[Rate.InputVideo],
                ref usd, ref savedUsd);
        }

        if ((_audio | _image | _video) != 0)
        {
            usd += Cost(_audio, card[Rate.InputAudio]) + Cost(_image, card[Rate.InputImage])
                + Cost(_video, card[Rate.InputVideo]);
        }

        if ((_write | _write1Hour) == 0)
        {
            return true;
        }

        usd += Cost(_write, card.Either(Rate.CacheWrite, Rate.Input));
        usd += Cost(_write1Hour, card[Rate.CacheWrite1Hour]);
        return _write1Hour == 0 || card.Has(Rate.CacheWrite1Hour);
    }

    private static double Cached(RateCard card, Rate own, Rate otherwise) =>
        card.Has(own) ? card[own] : card.Either(Rate.CacheRead, otherwise);

    private static void AddCached(long tokens, double read, double full, ref double usd, ref double savedUsd)
    {
        if (tokens != 0)
        {
            usd += tokens * read;
            savedUsd += tokens * Math.Max(0, full - read);
        }
    }

    /// <summary>No tokens cost nothing, even at a rate that does not exist.</summary>
    private static double Cost(long tokens, double rate) => tokens == 0 ? 0 : tokens * rate;

    private static long TakeTold(ref long from, ref long cached, long? told)
    {
        var wanted = Math.Min(Math.Max(told ?? 0, 0), Math.Max(cached, 0));
        cached -= wanted;
        var taken = Take(ref from, ref wanted);
        cached += wanted;
        return taken;
    }

    private static long Take(ref long from, ref long wanted)
    {
        var taken = Math.Min(from, wanted);
        from -= taken;
        wanted -= taken;
        return taken;
    }
}
