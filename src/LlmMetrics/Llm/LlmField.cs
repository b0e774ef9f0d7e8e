namespace LlmMetrics.Llm;

/// <summary>
/// What a scanner takes out of a request or response. Figures come first, then texts; a marker is a figure of one.
/// </summary>
internal enum LlmField
{
    None,
    InputTokens,
    OutputTokens,
    TotalTokens,
    CachedInputTokens,
    CacheWriteInputTokens,
    ReasoningOutputTokens,
    InputAudioTokens,
    OutputAudioTokens,
    Stream,

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
}
