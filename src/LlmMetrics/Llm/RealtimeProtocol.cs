namespace LlmMetrics.Llm;

/// <summary>
/// Events that an OpenAI realtime server sends over a WebSocket (API reference of 2026-11). Cached tokens are part of
/// the input, and every kind of token has its own price.
/// </summary>
internal static class RealtimeProtocol
{
    public static ReadOnlySpan<byte> ResponseDone => "response.done"u8;

    public static LlmProtocol Events { get; } = new()
    {
        Request = new JsonNode(),
        Response = new JsonNode()
            .With("type", LlmField.EventType)
            .With("response", new JsonNode()
                .With("id", LlmField.ResponseId)
                .With("model", LlmField.Model)
                .With("status", LlmField.FinishReason)
                .With("status_details", new JsonNode().With("error", new JsonNode { Marker = LlmField.Error }
                    .With("type", LlmField.ErrorType)
                    .With("code", LlmField.ErrorCode)))
                .With("usage", Usage())),
    };

    private static JsonNode Usage() => new JsonNode { IsAtomic = true }
        .With("input_tokens", LlmField.InputTokens)
        .With("output_tokens", LlmField.OutputTokens)
        .With("total_tokens", LlmField.TotalTokens)
        .With("input_token_details", new JsonNode()
            .With("cached_tokens", LlmField.CachedInputTokens)
            .With("audio_tokens", LlmField.InputAudioTokens)
            .With("image_tokens", LlmField.InputImageTokens)
            .With("cached_tokens_details", new JsonNode()
                .With("audio_tokens", LlmField.CachedInputAudioTokens)
                .With("image_tokens", LlmField.CachedInputImageTokens)))
        .With("output_token_details", new JsonNode()
            .With("audio_tokens", LlmField.OutputAudioTokens)
            .With("reasoning_tokens", LlmField.ReasoningOutputTokens));
}
