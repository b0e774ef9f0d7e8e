namespace LlmMetrics.Llm;

/// <summary>
/// Cohere v2 (API reference of 2026-11). What is billed differs from what is processed; the billed figures are
/// recorded, as the conventions ask. The answer does not name its model.
/// </summary>
internal static class CohereProtocols
{
    private static readonly JsonNode _request = new JsonNode()
        .With("model", LlmField.Model)
        .With("stream", LlmField.Stream);

    public static LlmProtocol Chat { get; } = new()
    {
        Request = _request,
        Response = new JsonNode()
            .With("type", LlmField.EventType)
            .With("id", LlmField.ResponseId)
            .With("finish_reason", LlmField.FinishReason)
            .With("usage", Usage())
            .With("delta", new JsonNode()
                .Marking(LlmField.Error, "error")
                .With("finish_reason", LlmField.FinishReason)
                .With("usage", Usage())),
        OutputBeginnings = LlmProtocol.Names(
            "{\"type\":\"content-delta\"",
            "{\"type\": \"content-delta\""),
        TerminalEvents = LlmProtocol.Names("message-end"),
        SilentEvents = LlmProtocol.Names(
            "message-start",
            "message-end",
            "content-start",
            "content-end",
            "tool-call-end",
            "citation-end"),
        RequestTexts = ["messages", "documents", "tools"],
        ResponseTexts =
        [
            "delta.message.content.text", "delta.message.content.thinking", "delta.message.tool_plan",
            "delta.message.tool_calls.function.arguments", "message.content.*.text", "message.content.*.thinking",
            "message.tool_calls",
        ],
    };

    public static LlmProtocol Embeddings { get; } = new()
    {
        Request = _request,
        Response = new JsonNode().With("id", LlmField.ResponseId).With("meta", Usage()),
        HasTerminalEvent = false,
    };

    private static JsonNode Usage() => new JsonNode { IsAtomic = true }
        .With("billed_units", new JsonNode()
            .With("input_tokens", LlmField.InputTokens)
            .With("output_tokens", LlmField.OutputTokens))
        .With("tokens", new JsonNode()
            .With("input_tokens", LlmField.ProcessedInputTokens)
            .With("output_tokens", LlmField.ProcessedOutputTokens));
}
