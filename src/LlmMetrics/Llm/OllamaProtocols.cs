namespace LlmMetrics.Llm;

/// <summary>
/// Ollama's own API (documentation of 0.13): one JSON document per line, the last one with the figures. A prompt that
/// an older server had in its cache is left out, so the input is then unknown.
/// </summary>
internal static class OllamaProtocols
{
    private static readonly JsonNode _request = new JsonNode()
        .With("model", LlmField.Model)
        .With("stream", LlmField.Stream);

    public static LlmProtocol Generation { get; } = new()
    {
        Request = _request,
        Response = Answer()
            .With("eval_count", LlmField.OutputTokens)
            .With("done", LlmField.Done)
            .With("done_reason", LlmField.FinishReason)
            .Marking(LlmField.Output, "response", "thinking")
            .With("message", new JsonNode()
                .Marking(LlmField.Output, "content", "thinking")
                .With("tool_calls", new JsonNode { Items = new JsonNode { Marker = LlmField.Output } })),
        EventMarks = LlmProtocol.Marks("done", "error"),
        Framing = DocumentFraming.Lines,
        MarksOutput = true,
        RequestTexts = ["messages", "prompt", "system", "tools"],
        ResponseTexts = ["response", "thinking", "message.content", "message.thinking", "message.tool_calls"],
    };

    public static LlmProtocol Embeddings { get; } = new()
    {
        Request = _request,
        Response = Answer(),
        HasTerminalEvent = false,
    };

    private static JsonNode Answer() => new JsonNode { IsAtomic = true }
        .With("model", LlmField.Model)
        .With("prompt_eval_count", LlmField.InputTokens)
        .With("prompt_eval_cached_count", LlmField.CachedInputTokens)
        .Marking(LlmField.Error, "error");
}
