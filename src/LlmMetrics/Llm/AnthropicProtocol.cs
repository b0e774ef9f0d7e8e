namespace LlmMetrics.Llm;

/// <summary>
/// Anthropic messages (API reference of 2026-11), at Anthropic itself, Vertex AI and those who speak the same. Cached
/// tokens are counted beside the input.
/// </summary>
internal static class AnthropicProtocol
{
    private static readonly JsonNode _error = new JsonNode { Marker = LlmField.Error }
        .With("type", LlmField.ErrorType);

    public static LlmProtocol Messages { get; } = new()
    {
        Request = new JsonNode()
            .With("model", LlmField.Model)
            .With("stream", LlmField.Stream)
            .With("service_tier", LlmField.ServiceTier),
        Response = new JsonNode()
            .With("type", LlmField.EventType)
            .With("id", LlmField.ResponseId)
            .With("model", LlmField.Model)
            .With("stop_reason", LlmField.FinishReason)
            .With("usage", Usage().With("output_tokens", LlmField.OutputTokens))
            .With("error", _error)
            .With("delta", new JsonNode().With("stop_reason", LlmField.FinishReason))

            // The output of the first event is a placeholder that says nothing about a stream that breaks off.
            .With("message", new JsonNode()
                .With("id", LlmField.ResponseId)
                .With("model", LlmField.Model)
                .With("usage", Usage())),
        OutputBeginnings = LlmProtocol.Names(
            "{\"type\":\"content_block_delta\"",
            "{\"type\": \"content_block_delta\""),
        TerminalEvents = LlmProtocol.Names("message_stop"),
        ErrorEvents = LlmProtocol.Names("error"),
        SilentEvents = LlmProtocol.Names(
            "message_start",
            "message_delta",
            "message_stop",
            "content_block_start",
            "content_block_stop",
            "ping",
            "error"),
        IsCachedBeside = true,
        RequestTexts = ["messages", "system", "tools"],
        ResponseTexts =
        [
            "delta.text", "delta.partial_json", "delta.thinking", "content.*.text", "content.*.thinking",
            "content.*.input",
        ],
    };

    /// <summary>What was written to the cache, by how long it stays there.</summary>
    public static JsonNode Lifetimes() => new JsonNode()
        .With("ephemeral_5m_input_tokens", LlmField.CacheWrite5MinuteInputTokens)
        .With("ephemeral_1h_input_tokens", LlmField.CacheWrite1HourInputTokens);

    private static JsonNode Usage() => new JsonNode { IsAtomic = true }
        .With("input_tokens", LlmField.InputTokens)
        .With("cache_read_input_tokens", LlmField.CachedInputTokens)
        .With("cache_creation_input_tokens", LlmField.CacheWriteInputTokens)
        .With("cache_creation", Lifetimes())
        .With("output_tokens_details", new JsonNode().With("thinking_tokens", LlmField.ReasoningOutputTokens))
        .With("server_tool_use", new JsonNode().With("web_search_requests", LlmField.WebSearches))
        .With("cost", LlmField.CostUsd)
        .With("speed", LlmField.Speed)
        .With("service_tier", LlmField.ServiceTier);
}
