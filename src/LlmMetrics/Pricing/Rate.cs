namespace LlmMetrics.Pricing;

/// <summary>What a price can be per. The order is that of the rates in a <see cref="RateCard"/>.</summary>
internal enum Rate
{
    Input,
    Output,
    CacheRead,
    CacheWrite,
    CacheWrite1Hour,
    Reasoning,
    InputAudio,
    CachedAudio,
    OutputAudio,
    InputImage,
    CachedImage,
    OutputImage,
    InputVideo,
    OutputVideo,
    Citation,
    Requests,
    WebSearches,
    Characters,
    Images,
    Pages,
    AudioHours,
    MinimumAudioSeconds,

    /// <summary>Pages with annotations, which no call tells apart: only kept so that files with it load.</summary>
    AnnotatedPages,

    FileSearches,

    /// <summary>Charged by something that no fact carries, so that such a model stays unpriced.</summary>
    Unmeasured,
}
