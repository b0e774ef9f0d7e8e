namespace LlmMetrics.Llm;

/// <summary>
/// Amazon Bedrock's runtime (API reference of 2026-11). Converse has one shape for all models; InvokeModel answers in
/// the shape of the model's maker and tells the figures in its headers. Cached tokens are counted beside the input.
/// </summary>
internal static class BedrockProtocols
{
    private static readonly string[] _exceptions =
    [
        "internalServerException", "modelStreamErrorException", "modelTimeoutException", "serviceUnavailableException",
        "throttlingException", "validationException",
    ];

    private static readonly JsonNode _request = new JsonNode();

    public static LlmProtocol Converse { get; } = new()
    {
        Request = _request,
        Response = new JsonNode()
            .With("stopReason", LlmField.FinishReason)
            .With("serviceTier", new JsonNode().With("type", LlmField.ServiceTier))
            .With("performanceConfig", new JsonNode().With("latency", LlmField.Speed))
            .With("usage", Usage()),
        TerminalEvents = LlmProtocol.Names("metadata"),
        ErrorEvents = LlmProtocol.Names(_exceptions),
        SilentEvents = LlmProtocol.Names(
            ["messageStart", "contentBlockStart", "contentBlockStop", "messageStop", "metadata", .. _exceptions]),
        Framing = DocumentFraming.Frames,
        IsCachedBeside = true,
        RequestTexts = ["messages", "system", "toolConfig"],
        ResponseTexts =
        [
            "delta.text", "delta.toolUse.input", "delta.reasoningContent.text", "output.message.content",
        ],
    };

    public static LlmProtocol Invoke { get; } = new()
    {
        Request = _request,
        Response = new JsonNode()
            .With("type", LlmField.EventType)
            .With("model", LlmField.Model)
            .With("id", LlmField.ResponseId)
            .With("stop_reason", LlmField.FinishReason)
            .With(["prompt_token_count", "inputTextTokenCount"], LlmField.InputTokens)
            .With(["generation_token_count", "totalOutputTextTokenCount"], LlmField.OutputTokens)
            .With("results", new JsonNode { Items = new JsonNode().With("tokenCount", LlmField.OutputTokens) })
            .With("usage", Usage().With(["output_tokens", "completion_tokens"], LlmField.OutputTokens))
            .With("delta", new JsonNode().With("stop_reason", LlmField.FinishReason))
            .With("message", new JsonNode()
                .With("id", LlmField.ResponseId)
                .With("model", LlmField.Model)
                .With("usage", Usage()))
            .With("amazon-bedrock-invocationMetrics", Metrics()),
        ErrorEvents = LlmProtocol.Names(_exceptions),
        SilentEvents = LlmProtocol.Names(
            [
                "message_start", "message_delta", "message_stop", "content_block_start", "content_block_stop", "ping",
                .. _exceptions,
            ]),
        Framing = DocumentFraming.Frames,
        HasBase64Payload = true,
        IsCachedBeside = true,
    };

    private static JsonNode Metrics() => new JsonNode { IsAtomic = true }
        .With("inputTokenCount", LlmField.InputTokens)
        .With("outputTokenCount", LlmField.OutputTokens)
        .With("cacheReadInputTokenCount", LlmField.CachedInputTokens)
        .With("cacheWriteInputTokenCount", LlmField.CacheWriteInputTokens);

    private static JsonNode Usage() => new JsonNode { IsAtomic = true }
        .With(["inputTokens", "input_tokens", "prompt_tokens"], LlmField.InputTokens)
        .With("outputTokens", LlmField.OutputTokens)
        .With("output_tokens_details", new JsonNode().With("thinking_tokens", LlmField.ReasoningOutputTokens))
        .With("completion_tokens_details", new JsonNode().With("reasoning_tokens", LlmField.ReasoningOutputTokens))
        .With(
            ["cacheReadInputTokens", "cacheReadInputTokenCount", "cache_read_input_tokens"],
            LlmField.CachedInputTokens)
        .With(
            ["cacheWriteInputTokens", "cacheWriteInputTokenCount", "cache_creation_input_tokens"],
            LlmField.CacheWriteInputTokens)
        .With("cacheDetails", new JsonNode
        {
            Items = new JsonNode
            {
                Kinds =
                [
                    new FieldKind("5m"u8.ToArray(), LlmField.CacheWrite5MinuteInputTokens),
                    new FieldKind("1h"u8.ToArray(), LlmField.CacheWrite1HourInputTokens),
                ],
            }
                .With("ttl", LlmField.Kind)
                .With("inputTokens", LlmField.KindTokens),
        })
        .With("cache_creation", AnthropicProtocol.Lifetimes());
}
