namespace LlmMetrics.Llm;

/// <summary>
/// The shapes of OpenAI and of everyone compatible with it (API reference of 2026-11): chat completions, text
/// completions, embeddings and Responses.
/// </summary>
internal static class OpenAiProtocols
{
    /// <summary>An error in an answer or an event.</summary>
    public static JsonNode Error { get; } = new JsonNode { Marker = LlmField.Error }
        .With("type", LlmField.ErrorType)
        .With("code", LlmField.ErrorCode);

    private static readonly JsonNode _usage = new JsonNode { IsAtomic = true }
        .With("prompt_tokens", LlmField.InputTokens)
        .With("input_tokens", LlmField.InputTokens)
        .With("completion_tokens", LlmField.OutputTokens)
        .With("output_tokens", LlmField.OutputTokens)
        .With("total_tokens", LlmField.TotalTokens)
        .With("prompt_tokens_details", InputDetails())
        .With("input_tokens_details", InputDetails())
        .With("completion_tokens_details", OutputDetails())
        .With("output_tokens_details", OutputDetails())
        .With(
            ["prompt_cache_hit_tokens", "num_cached_tokens", "cached_tokens", "cache_read_input_tokens"],
            LlmField.CachedInputTokens)
        .With("prompt_cache_miss_tokens", LlmField.CacheMissInputTokens)
        .With("cache_creation_input_tokens", LlmField.CacheWriteInputTokens)
        .With("reasoning_tokens", LlmField.ReasoningOutputTokens)
        .With("prompt_audio_seconds", LlmField.AudioSeconds)
        .With("citation_tokens", LlmField.CitationTokens)
        .With("num_search_queries", LlmField.WebSearches)
        .With(["num_sources_used", "num_server_side_tools_used"], LlmField.OtherCharges)
        .With("cost_in_usd_ticks", LlmField.CostTicks)
        .With("cost", new JsonNode { Field = LlmField.CostUsd }.With("total_cost", LlmField.CostUsd))
        .With("server_tool_use", new JsonNode().With("web_search_requests", LlmField.WebSearches));

    private static readonly JsonNode _request = new JsonNode()
        .With("model", LlmField.Model)
        .With("stream", LlmField.Stream)
        .With("service_tier", LlmField.ServiceTier);

    /// <summary>Chat and text completions: figures in the last chunk, then <c>[DONE]</c>.</summary>
    public static LlmProtocol Completions { get; } = CompletionsOf(Choice());

    /// <summary>The same at Moonshot, whose streams have their figures in the last choice.</summary>
    public static LlmProtocol MoonshotCompletions { get; } = CompletionsOf(Choice().With("usage", _usage));

    /// <summary>Embeddings: one answer, no stream.</summary>
    public static LlmProtocol Embeddings { get; } = new()
    {
        Request = _request,
        Response = Answer(),
        EventMarks = LlmProtocol.Marks("usage", "error"),
        HasTerminalEvent = false,
    };

    /// <summary>Responses: the last event holds the whole response with its figures.</summary>
    public static LlmProtocol Responses { get; } = new()
    {
        Request = _request,
        Response = Response()
            .With("type", LlmField.EventType)
            .With("code", LlmField.ErrorCode)
            .With("response", Response()),
        EventMarks = LlmProtocol.Marks("response", "error"),
        TerminalEvents = LlmProtocol.Names("response.completed", "response.incomplete", "response.failed"),
        ErrorEvents = LlmProtocol.Names("response.failed", "error"),
        SilentEvents = LlmProtocol.Names(
            "response.created",
            "response.queued",
            "response.in_progress",
            "response.completed",
            "response.incomplete",
            "response.failed",
            "error"),
        RequestTexts = ["input", "instructions", "tools", "text"],
        ResponseTexts = ["delta", "output.*.content", "output.*.arguments", "output.*.summary"],
    };

    private static JsonNode Choice() => new JsonNode { Marker = LlmField.Output }
        .With("finish_reason", LlmField.FinishReason)
        .With("error", Error);

    private static LlmProtocol CompletionsOf(JsonNode choice) => new()
    {
        Request = _request,
        Response = Answer()
            .With("choices", new JsonNode { Items = choice })
            .With("x_groq", new JsonNode()
                .With("usage", _usage)
                .With("error", new JsonNode { Marker = LlmField.Error })),
        EventMarks = LlmProtocol.Marks("usage", "error", "finish_reason"),
        MarksOutput = true,
        HasStreamOptions = true,
        RequestTexts = ["messages", "prompt", "tools", "response_format"],
        ResponseTexts =
        [
            .. Places("choices.*.delta."), .. Places("choices.*.message."), "choices.*.text",
        ],
    };

    private static string[] Places(string message) =>
    [
        message + "content", message + "reasoning_content", message + "reasoning", message + "refusal",
        message + "tool_calls.*.function",
    ];

    /// <summary>
    /// A response with what its tools did. Searches cost by the call; images made and containers used are charged
    /// apart, by figures that are not told.
    /// </summary>
    private static JsonNode Response() => Answer()
        .With("output", new JsonNode
        {
            Items = new JsonNode
            {
                Counts =
                [
                    new ItemCount(
                        "web_search_call"u8.ToArray(),
                        LlmField.ShownWebSearches,
                        LlmProtocol.Names("open_page", "find_in_page", "find")),
                    new ItemCount("file_search_call"u8.ToArray(), LlmField.FileSearches, []),
                    new ItemCount("image_generation_call"u8.ToArray(), LlmField.OtherCharges, []),
                    new ItemCount("code_interpreter_call"u8.ToArray(), LlmField.OtherCharges, []),
                ],
            }
                .With("type", LlmField.Kind)
                .With("action", new JsonNode().With("type", LlmField.Deed)),
        })
        .With("tool_usage", new JsonNode()
            .With("web_search", new JsonNode().With("num_requests", LlmField.WebSearches))
            .With("image_gen", new JsonNode().With("total_tokens", LlmField.OtherCharges)));

    private static JsonNode Answer() => new JsonNode()
        .With("id", LlmField.ResponseId)
        .With("model", LlmField.Model)
        .With("service_tier", LlmField.ServiceTier)
        .With("usage", _usage)
        .With("error", Error);

    private static JsonNode InputDetails() => new JsonNode()
        .With("cached_tokens", LlmField.CachedInputTokens)
        .With(["cache_write_tokens", "cache_creation_tokens"], LlmField.CacheWriteInputTokens)
        .With("cache_creation_token_details", AnthropicProtocol.Lifetimes())
        .With("image_tokens", LlmField.InputImageTokens)
        .With("audio_tokens", LlmField.InputAudioTokens);

    private static JsonNode OutputDetails() => new JsonNode()
        .With("reasoning_tokens", LlmField.ReasoningOutputTokens)
        .With("image_tokens", LlmField.OutputImageTokens)
        .With("audio_tokens", LlmField.OutputAudioTokens);
}
