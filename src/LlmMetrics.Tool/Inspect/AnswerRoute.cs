using LlmMetrics.Llm;

namespace LlmMetrics.Tool.Inspect;

/// <summary>
/// Finds out which of the handler's interfaces a recorded answer belongs to. In an app the address of the request
/// tells; a file only has its shape, and what the user says.
/// </summary>
internal static class AnswerRoute
{
    private static readonly Dictionary<string, string> _providers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["azure"] = LlmProviders.AzureOpenAi,
        ["azure_openai"] = LlmProviders.AzureOpenAi,
        ["bedrock"] = LlmProviders.AwsBedrock,
        ["aws"] = LlmProviders.AwsBedrock,
        ["aws_bedrock"] = LlmProviders.AwsBedrock,
        ["gemini"] = LlmProviders.Gemini,
        ["google"] = LlmProviders.Gemini,
        ["vertex"] = LlmProviders.VertexAi,
        ["vertex_ai"] = LlmProviders.VertexAi,
        ["mistral"] = LlmProviders.Mistral,
        ["xai"] = LlmProviders.XAi,
        ["moonshot"] = LlmProviders.Moonshot,
    };

    private static readonly string[] _mistral =
        ["mistral-", "ministral-", "codestral-", "magistral-", "devstral-", "pixtral-", "voxtral-"];

    /// <summary>
    /// The interface; null if the file looks like none and the provider does not tell either. The provider is the one
    /// given, else the one that the shape belongs to.
    /// </summary>
    public static LlmEndpoint? Find(AnswerPeek peek, InspectSettings settings)
    {
        var model = settings.Model;
        var provider = settings.Provider is { } given
            ? _providers.GetValueOrDefault(given, given.ToLowerInvariant())
            : ProviderOf(settings.Headers);
        var suffix = Suffix(peek) ?? (provider is null ? null : DefaultOf(provider));
        if (provider == LlmProviders.AwsBedrock && suffix is not ("/converse" or "/invoke"))
        {
            suffix = "/invoke";
        }

        if (suffix is null)
        {
            return null;
        }

        foreach (var route in LlmRoutes.All)
        {
            if (route.Suffix == suffix && (route.Containing is not { } part
                || model?.Contains(part, StringComparison.OrdinalIgnoreCase) == true))
            {
                provider ??= route.Provider ?? ProviderOf(route, peek);
                return new LlmEndpoint(provider, route.Operation, route.ProtocolAt(provider), model);
            }
        }

        throw new InvalidOperationException($"The handler has no interface '{suffix}'.");
    }

    private static string? Suffix(AnswerPeek peek)
    {
        if (peek.IsFrames)
        {
            return peek.IsChunkFrames ? "/invoke" : "/converse";
        }

        return peek.HasDocuments ? OfVendors(peek) ?? OfMedia(peek) ?? OfOpenAi(peek) : null;
    }

    private static string? OfVendors(AnswerPeek peek) => peek switch
    {
        _ when peek.Has("candidates") || peek.Has("usageMetadata") || peek.Has("promptFeedback")
            || (peek.IsArray && peek.Has("error")) => ":generateContent",
        _ when peek.HasType("response.") || peek.Object == "response" => "/responses",
        _ when peek.HasType("message_") || peek.HasType("content_block_") => "/messages",
        _ when peek.HasType("message-") || peek.HasType("content-delta") || peek.HasType("content-start") => "/v2/chat",
        _ when peek.HasType("message") && peek.Has("role") => "/messages",
        _ when peek.HasType("error") && peek.Has("error") => "/messages",
        _ when peek.Has("embeddings", "total_duration") || peek.Has("embeddings", "prompt_eval_count") => "/api/embed",
        _ when peek.Has("done", "response") => "/api/generate",
        _ when peek.Has("done", "message") || peek.Has("done", "created_at") => "/api/chat",
        _ when peek.Has("finish_reason") && !peek.Has("choices") => "/v2/chat",
        _ when peek.Has("embeddings", "meta") || peek.Has("response_type") => "/v2/embed",
        _ when peek.Has("embedding") && !peek.Has("model") => ":embedContent",
        _ when peek.Has("stopReason") || peek.Has("output", "metrics") => "/converse",
        _ when peek.Has("prompt_token_count") || peek.Has("inputTextTokenCount") => "/invoke",
        _ => null,
    };

    private static string? OfMedia(AnswerPeek peek) => peek switch
    {
        _ when peek.Has("metadata", "results") => "/v1/listen",
        _ when peek.Has("pages", "usage_info") => "/ocr",
        _ when peek.HasType("transcript.") || peek.HasType("transcription.") => "/audio/transcriptions",
        _ when peek.Has("text") && !peek.Has("choices") && (peek.Has("usage") || peek.Has("duration"))
            => "/audio/transcriptions",
        _ when peek.HasType("speech.audio") => "/audio/speech",
        _ when peek.HasType("image_") => "/images/generations",
        _ when peek.Has("data", "created") && peek.Object is null => "/images/generations",
        _ => null,
    };

    private static string? OfOpenAi(AnswerPeek peek) => peek switch
    {
        _ when peek.Object == "text_completion" => "/completions",
        _ when peek.Has("choices") || peek.Has("error") || peek.Has("x_groq") => "/chat/completions",
        _ when peek.Has("data", "usage") => "/embeddings",
        _ when peek.Has("usage") => "/chat/completions",
        _ => null,
    };

    /// <summary>Headers that only one provider sends.</summary>
    private static string? ProviderOf(HeaderFile headers) =>
        headers.HasAny("x-amzn-bedrock-") ? LlmProviders.AwsBedrock
        : headers.HasAny("anthropic-") ? LlmProviders.Anthropic
        : headers.HasAny("dg-") ? LlmProviders.Deepgram
        : null;

    private static string? DefaultOf(string provider) => provider switch
    {
        LlmProviders.Anthropic => "/messages",
        LlmProviders.Gemini or LlmProviders.VertexAi => ":generateContent",
        LlmProviders.Ollama => "/api/chat",
        LlmProviders.Cohere => "/v2/chat",
        LlmProviders.AwsBedrock => "/invoke",
        LlmProviders.Deepgram => "/v1/speak",
        LlmProviders.ElevenLabs => "/text-to-speech/",
        _ => "/chat/completions",
    };

    /// <summary>
    /// Who answers in a shape that many speak: told by what only one of them writes, or by a model that only its vendor
    /// sells. Otherwise it stays open, so that nothing is priced at somebody's rates by mistake.
    /// </summary>
    private static string ProviderOf(LlmRoute route, AnswerPeek peek)
    {
        var model = peek.Model ?? "";
        if (route.Fallback == LlmProviders.AnthropicCompatible)
        {
            return Begins(model, "claude") ? LlmProviders.Anthropic : route.Fallback;
        }

        return route.Protocol == CohereProtocols.Chat || route.Protocol == CohereProtocols.Embeddings
            ? LlmProviders.Cohere
            : route.Fallback != LlmProviders.OpenAiCompatible ? route.Fallback
            : peek.Has("x_groq") ? LlmProviders.Groq
            : peek.Has("prompt_filter_results") ? LlmProviders.AzureOpenAi
            : peek.Has("provider") ? LlmProviders.OpenRouter
            : Begins(model, "sonar") ? LlmProviders.Perplexity
            : Begins(model, "grok-") ? LlmProviders.XAi
            : model is "deepseek-chat" or "deepseek-reasoner" ? LlmProviders.DeepSeek
            : IsMistral(model) ? LlmProviders.Mistral
            : IsOpenAi(model) ? LlmProviders.OpenAi
            : route.Fallback;
    }

    /// <summary>Others run its open models by their versions; only Mistral calls one the latest.</summary>
    private static bool IsMistral(string model) =>
        Begins(model, "mistral-ocr")
        || (model.EndsWith("-latest", StringComparison.OrdinalIgnoreCase)
            && Array.Exists(_mistral, family => Begins(model, family)));

    private static bool IsOpenAi(string model) =>
        (Begins(model, "gpt-") && !Begins(model, "gpt-oss"))
        || Begins(model, "chatgpt-") || Begins(model, "text-embedding-") || Begins(model, "dall-e")
        || Begins(model, "whisper-1") || Begins(model, "tts-1")
        || (model.Length > 1 && model[0] == 'o' && char.IsAsciiDigit(model[1]));

    private static bool Begins(string model, string beginning) =>
        model.StartsWith(beginning, StringComparison.OrdinalIgnoreCase);
}
