using System.Text;

namespace LlmMetrics.Llm;

/// <summary>
/// Gemini's <c>generateContent</c> and <c>embedContent</c> (API v1beta and Vertex AI v1 of 2026-11). Every event holds
/// the figures so far, reasoning is counted beside the output, and a figure of zero is left out.
/// </summary>
internal static class GeminiProtocol
{
    private static readonly JsonNode _request = new JsonNode().With("model", LlmField.Model);

    private static readonly JsonNode _error = new JsonNode { Marker = LlmField.Error }
        .With("status", LlmField.ErrorType)
        .With("code", LlmField.ErrorCode);

    /// <summary>Content, as one answer, as server-sent events and as one array that comes bit by bit.</summary>
    public static LlmProtocol Content { get; } = new()
    {
        Request = _request,
        Response = Answer()
            .With("responseId", LlmField.ResponseId)
            .With("modelVersion", LlmField.Model)
            .With("promptFeedback", new JsonNode().With("blockReason", LlmField.FinishReason))
            .With("candidates", new JsonNode
            {
                Items = new JsonNode { Marker = LlmField.Output }
                    .With("finishReason", LlmField.FinishReason)
                    .With("groundingMetadata", new JsonNode().With("webSearchQueries", new JsonNode
                    {
                        Items = new JsonNode { Counter = LlmField.WebSearches },
                    })),
            }),
        EventMarks = LlmProtocol.Marks("usageMetadata", "error", "finishReason", "blockReason"),
        Framing = DocumentFraming.Array,
        MarksOutput = true,
        IsReasoningBeside = true,
        RequestTexts = ["contents", "systemInstruction", "system_instruction", "tools"],
        ResponseTexts = ["candidates.*.content.parts.*.text", "candidates.*.content.parts.*.functionCall"],
    };

    /// <summary>Embeddings: one answer. Most models report no usage with it.</summary>
    public static LlmProtocol Embeddings { get; } = new()
    {
        Request = _request,
        Response = Answer(),
        HasTerminalEvent = false,
    };

    private static JsonNode Answer() => new JsonNode()
        .With("error", _error)
        .With("usageMetadata", new JsonNode { IsAtomic = true }
            .With("promptTokenCount", LlmField.InputTokens)
            .With(["candidatesTokenCount", "responseTokenCount"], LlmField.OutputTokens)
            .With("thoughtsTokenCount", LlmField.ReasoningOutputTokens)
            .With("cachedContentTokenCount", LlmField.CachedInputTokens)
            .With("toolUsePromptTokenCount", LlmField.ToolInputTokens)
            .With("totalTokenCount", LlmField.TotalTokens)
            .With(["trafficType", "serviceTier"], LlmField.ServiceTier)
            .With("promptTokensDetails", Modalities(
                Kind("AUDIO", LlmField.InputAudioTokens),
                Kind("IMAGE", LlmField.InputImageTokens),
                Kind("VIDEO", LlmField.InputVideoTokens)))
            .With("cacheTokensDetails", Modalities(
                Kind("AUDIO", LlmField.CachedInputAudioTokens), Kind("IMAGE", LlmField.CachedInputImageTokens)))
            .With("candidatesTokensDetails", Modalities(
                Kind("AUDIO", LlmField.OutputAudioTokens),
                Kind("IMAGE", LlmField.OutputImageTokens),
                Kind("VIDEO", LlmField.OutputVideoTokens))));

    private static JsonNode Modalities(params FieldKind[] kinds) => new()
    {
        Items = new JsonNode { Kinds = kinds }
            .With("modality", LlmField.Kind)
            .With("tokenCount", LlmField.KindTokens),
    };

    private static FieldKind Kind(string name, LlmField field) => new(Encoding.UTF8.GetBytes(name), field);
}
