namespace LlmMetrics.Llm;

/// <summary>Documents read by Mistral (API reference of 2026-11), at Mistral itself and at Azure.</summary>
internal static class DocumentProtocols
{
    /// <summary>
    /// Pages, without tokens. Whether annotated pages are among the others is not told, so they count as a charge
    /// apart.
    /// </summary>
    public static LlmProtocol Ocr { get; } = new()
    {
        Request = new JsonNode().With("model", LlmField.Model),
        Response = new JsonNode()
            .With("model", LlmField.Model)
            .With("usage_info", new JsonNode { IsAtomic = true }
                .With("pages_processed", LlmField.Pages)
                .With("pages_processed_annotation", LlmField.OtherCharges))
            .With("error", OpenAiProtocols.Error),
        HasTerminalEvent = false,
    };
}
