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
    CachedInputAudioTokens,
    CachedInputImageTokens,

    /// <summary>Figure of an item whose <see cref="Kind"/> tells what it counts.</summary>
    KindTokens,
    WebSearches,
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
    Model,
    ServiceTier,
    ErrorType,
    ErrorCode,
    EventType,
    FinishReason,
    ResponseId,
    Kind,
}
