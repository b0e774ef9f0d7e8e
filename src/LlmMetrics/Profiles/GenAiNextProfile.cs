namespace LlmMetrics.Profiles;

/// <summary>
/// The names that the GenAI conventions' successor repository gave inference and embeddings in October 2026 (status
/// Development, no release yet), with this library's own names beside them.
/// </summary>
internal static class GenAiNextProfile
{
    public static MetricProfile Create() => MetricProfile.Create("genai-next", static profile =>
    {
        Counter(profile, "input_tokens", FactValue.InputTokens);
        Counter(profile, "output_tokens", FactValue.OutputTokens);
        Counter(profile, "cache_read.input_tokens", FactValue.CachedInputTokens);
        Counter(profile, "cache_write.input_tokens", FactValue.CacheWriteInputTokens);
        Counter(profile, "reasoning.output_tokens", FactValue.ReasoningOutputTokens);
        Tokens(profile, "input_tokens", FactValue.InputTokens);
        Tokens(profile, "output_tokens", FactValue.OutputTokens);
        Seconds(profile, FactKind.LlmCall, "gen_ai.client.inference.duration", FactValue.Duration)
            .Tag("error.type", FactField.ErrorType);
        Seconds(profile, FactKind.LlmCall, "gen_ai.client.inference.time_to_first_chunk", FactValue.TimeToFirstChunk);
        Seconds(profile, FactKind.LlmChunk, "gen_ai.client.inference.time_per_output_chunk", FactValue.Duration);
        Call(profile.Histogram(FactKind.LlmCall, "gen_ai.client.embeddings.duration")
            .Unit("s").Description("Duration of an embeddings operation.").Buckets(GenAiBuckets.Seconds)
            .When(FactField.Operation, LlmOperation.Embeddings)).Tag("error.type", FactField.ErrorType);
        GenAiProfile.AddRuns(profile);
        LibraryInstruments.AddTo(profile);
    });

    private static void Counter(MetricProfileBuilder profile, string name, FactValue value) =>
        Inference(profile.Counter(FactKind.LlmCall, "gen_ai.client.inference.usage." + name, value)
            .Unit("{token}").Description("Tokens used."));

    private static void Tokens(MetricProfileBuilder profile, string name, FactValue value) =>
        Inference(profile.Histogram(FactKind.LlmCall, "gen_ai.client.inference.operation." + name, value)
            .Unit("{token}").Description("Tokens per operation.").Buckets(GenAiBuckets.Tokens));

    private static InstrumentBuilder Seconds(
        MetricProfileBuilder profile, FactKind fact, string name, FactValue value) =>
        Inference(profile.Histogram(fact, name, value)
            .Unit("s").Description("Time of an inference operation.").Buckets(GenAiBuckets.Seconds));

    private static InstrumentBuilder Inference(InstrumentBuilder instrument) =>
        Call(instrument.WhenNot(FactField.Operation, LlmOperation.Embeddings));

    private static InstrumentBuilder Call(InstrumentBuilder instrument) => instrument
        .Tag("gen_ai.operation.name", FactField.Operation)
        .Tag("gen_ai.provider.name", FactField.Provider)
        .Tag("gen_ai.request.model", FactField.RequestModel)
        .Tag("gen_ai.response.model", FactField.ResponseModel)
        .Tag("server.address", FactField.ServerAddress)
        .Tag("server.port", FactField.ServerPort);
}
