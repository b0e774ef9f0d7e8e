namespace LlmMetrics.Profiles;

/// <summary>
/// The names that the GenAI conventions' successor repository gave inference and embeddings in October 2026 (status
/// Development, no release yet), with this library's own names beside them.
/// </summary>
internal static class GenAiNextProfile
{
    public static MetricProfile Create() => MetricProfile.Create("genai-next", static profile =>
    {
        Counter(profile, "input_tokens", FactValue.InputTokens)
            .Description("Input tokens, with those from and for the provider's cache.");
        Counter(profile, "output_tokens", FactValue.OutputTokens)
            .Description("Output tokens, with those of reasoning.");
        Counter(profile, "cache_read.input_tokens", FactValue.CachedInputTokens)
            .Description("Input tokens that came from the provider's cache.");
        Counter(profile, "cache_write.input_tokens", FactValue.CacheWriteInputTokens)
            .Description("Input tokens that were written to the provider's cache.");
        Counter(profile, "reasoning.output_tokens", FactValue.ReasoningOutputTokens)
            .Description("Output tokens that were spent on reasoning.");
        Tokens(profile, "input_tokens", FactValue.InputTokens).Description("Input tokens of a call.");
        Tokens(profile, "output_tokens", FactValue.OutputTokens).Description("Output tokens of a call.");
        Seconds(profile, FactKind.LlmCall, "duration", FactValue.Duration)
            .Description("Duration of a call, to the end of its answer.").Tag("error.type", FactField.ErrorType);
        Seconds(profile, FactKind.LlmCall, "time_to_first_chunk", FactValue.TimeToFirstChunk)
            .Description("Time to the first chunk of a streamed answer.");
        Seconds(profile, FactKind.LlmChunk, "time_per_output_chunk", FactValue.Duration)
            .Description("Time between two chunks of a streamed answer.");
        Call(profile.Histogram(FactKind.LlmCall, "gen_ai.client.embeddings.duration")
            .Unit("s").Description("Duration of an embeddings operation.").Buckets(GenAiBuckets.Seconds)
            .When(FactField.Operation, LlmOperation.Embeddings)).Tag("error.type", FactField.ErrorType);
        GenAiProfile.AddRuns(profile);
        LibraryInstruments.AddTo(profile);
    });

    private static InstrumentBuilder Counter(MetricProfileBuilder profile, string name, FactValue value) =>
        Inference(profile.Counter(FactKind.LlmCall, "gen_ai.client.inference.usage." + name, value).Unit("{token}"));

    private static InstrumentBuilder Tokens(MetricProfileBuilder profile, string name, FactValue value) =>
        Inference(profile.Histogram(FactKind.LlmCall, "gen_ai.client.inference.operation." + name, value)
            .Unit("{token}").Buckets(GenAiBuckets.Tokens));

    private static InstrumentBuilder Seconds(
        MetricProfileBuilder profile, FactKind fact, string name, FactValue value) =>
        Inference(profile.Histogram(fact, "gen_ai.client.inference." + name, value)
            .Unit("s").Buckets(GenAiBuckets.Seconds));

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
