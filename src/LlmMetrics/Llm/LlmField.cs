namespace LlmMetrics.Llm;

/// <summary>
/// What a scanner takes out of a request or response. Counts come first, then amounts (kept as the bits of a double),
/// markers and texts; a marker is a figure of one.
/// </summary>
internal enum LlmField
{
    None,
    InputTokens,
    OutputTokens,
    TotalTokens,
    CachedInputTokens,

    /// <summary>What was not in the cache, from those who split their input instead of counting it.</summary>
    CacheMissInputTokens,
    CacheWriteInputTokens,
    CacheWrite5MinuteInputTokens,
    CacheWrite1HourInputTokens,

    /// <summary>Results of the provider's own tools, given to the model as input.</summary>
    ToolInputTokens,

    /// <summary>Input as processed, where what is billed is told apart.</summary>
    ProcessedInputTokens,

    /// <summary>Output as processed, where what is billed is told apart.</summary>
    ProcessedOutputTokens,
    ReasoningOutputTokens,
    InputAudioTokens,
    OutputAudioTokens,
    InputImageTokens,
    OutputImageTokens,
    InputVideoTokens,
    OutputVideoTokens,

    /// <summary>Tokens of cited sources, which stand beside input and output.</summary>
    CitationTokens,
    CachedInputAudioTokens,
    CachedInputImageTokens,

    /// <summary>Figure of an item whose <see cref="Kind"/> tells what it counts.</summary>
    KindTokens,
    WebSearches,

    /// <summary>Web searches that the answer shows, for answers that tell no number of them.</summary>
    ShownWebSearches,
    FileSearches,
    Images,
    Pages,
    Characters,
    Channels,

    /// <summary>Cost in units of 1e-10 US dollars.</summary>
    CostTicks,
    Stream,

    /// <summary>The document says that it is the last one.</summary>
    Done,
    CostUsd,
    AudioSeconds,

    /// <summary>Marker: the answer reports an error.</summary>
    Error,

    /// <summary>Marker: the event carries output, not only bookkeeping.</summary>
    Output,

    /// <summary>Marker: something was used that is charged for and that no figure tells.</summary>
    OtherCharges,
    Model,
    ServiceTier,

    /// <summary>How fast the answer was made, where other speeds have other prices.</summary>
    Speed,
    ErrorType,
    ErrorCode,
    EventType,
    FinishReason,
    ResponseId,
    Kind,

    /// <summary>What an item of a <see cref="Kind"/> did.</summary>
    Deed,
}
