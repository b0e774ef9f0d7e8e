namespace LlmMetrics.Llm;

/// <summary>Names of span attributes: GenAI conventions 1.41 and the stable general ones.</summary>
internal static class SpanAttributeNames
{
    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string RequestStream = "gen_ai.request.stream";
    public const string ResponseModel = "gen_ai.response.model";
    public const string ResponseId = "gen_ai.response.id";
    public const string ResponseFinishReasons = "gen_ai.response.finish_reasons";
    public const string ResponseTimeToFirstChunk = "gen_ai.response.time_to_first_chunk";
    public const string UsageInputTokens = "gen_ai.usage.input_tokens";
    public const string UsageOutputTokens = "gen_ai.usage.output_tokens";
    public const string UsageCacheReadInputTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string UsageCacheCreationInputTokens = "gen_ai.usage.cache_creation.input_tokens";
    public const string UsageReasoningOutputTokens = "gen_ai.usage.reasoning.output_tokens";
    public const string OpenAiResponseServiceTier = "openai.response.service_tier";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string CallScope = "llm.call.scope";
    public const string Attempts = "llm.call.attempts";
    public const string ErrorType = "error.type";
    public const string HttpStatusCode = "http.response.status_code";
}
