namespace LlmMetrics.Llm;

/// <summary>
/// The requests that the library knows. Where two share the end of a path, the longer one stands first.
/// </summary>
internal static class LlmRoutes
{
    private static readonly LlmRoute[] _all =
    [
        new("/chat/completions", LlmOperation.Chat, OpenAiProtocols.Completions, RouteEvidence.None)
        {
            Variant = (LlmProviders.Moonshot, OpenAiProtocols.MoonshotCompletions),
        },
        new("/completions", LlmOperation.TextCompletion, OpenAiProtocols.Completions, RouteEvidence.Base),
        new("/api/embeddings", LlmOperation.Embeddings, OllamaProtocols.Embeddings, RouteEvidence.KnownHost)
        {
            Provider = LlmProviders.Ollama,
        },
        new("/embeddings", LlmOperation.Embeddings, OpenAiProtocols.Embeddings, RouteEvidence.Base),
        new("/responses", LlmOperation.Chat, OpenAiProtocols.Responses, RouteEvidence.Base),
        new(
            "/messages",
            LlmOperation.Chat,
            AnthropicProtocol.Messages,
            RouteEvidence.AnthropicHeader,
            LlmProviders.AnthropicCompatible),
        Vertex(":rawPredict", OpenAiProtocols.Completions, "/publishers/mistralai/"),
        Vertex(":streamRawPredict", OpenAiProtocols.Completions, "/publishers/mistralai/"),
        Vertex(":rawPredict", AnthropicProtocol.Messages, "/models/") with { Except = "/models/count-tokens" },
        Vertex(":streamRawPredict", AnthropicProtocol.Messages, "/models/"),
        Gemini(":generateContent", LlmOperation.Chat, GeminiProtocol.Content),
        Gemini(":streamGenerateContent", LlmOperation.Chat, GeminiProtocol.Content),
        Gemini(":embedContent", LlmOperation.Embeddings, GeminiProtocol.Embeddings),
        Gemini(":batchEmbedContents", LlmOperation.Embeddings, GeminiProtocol.Embeddings),
        Ollama("/api/chat", LlmOperation.Chat, OllamaProtocols.Generation),
        Ollama("/api/generate", LlmOperation.TextCompletion, OllamaProtocols.Generation),
        Ollama("/api/embed", LlmOperation.Embeddings, OllamaProtocols.Embeddings),
        new("/v2/chat", LlmOperation.Chat, CohereProtocols.Chat, RouteEvidence.KnownHost),
        new("/v2/embed", LlmOperation.Embeddings, CohereProtocols.Embeddings, RouteEvidence.KnownHost),
        new("/audio/speech", LlmOperation.TextToSpeech, SpeechProtocols.Speech, RouteEvidence.Base),
        new("/audio/transcriptions", LlmOperation.SpeechToText, SpeechProtocols.Transcription, RouteEvidence.Base),
        new("/audio/translations", LlmOperation.SpeechToText, SpeechProtocols.Transcription, RouteEvidence.Base),
        new("/images/generations", LlmOperation.Image, SpeechProtocols.Images, RouteEvidence.Base),
        new("/images/edits", LlmOperation.Image, SpeechProtocols.Images, RouteEvidence.Base),
        new("/images/variations", LlmOperation.Image, SpeechProtocols.Images, RouteEvidence.Base),
        new("/v1/listen", LlmOperation.SpeechToText, SpeechProtocols.Listening, RouteEvidence.KnownHost)
        {
            Provider = LlmProviders.Deepgram,
        },
        new("/v1/speak", LlmOperation.TextToSpeech, SpeechProtocols.Voice, RouteEvidence.KnownHost)
        {
            Provider = LlmProviders.Deepgram,
        },
        new(
            "/stream/with-timestamps",
            LlmOperation.TextToSpeech,
            SpeechProtocols.VoiceDocuments,
            RouteEvidence.KnownHost)
        {
            Provider = LlmProviders.ElevenLabs,
        },
        new("/text-to-speech/", LlmOperation.TextToSpeech, SpeechProtocols.Voice, RouteEvidence.KnownHost)
        {
            Provider = LlmProviders.ElevenLabs,
            IsWithin = true,
        },
        new("/ocr", LlmOperation.Ocr, DocumentProtocols.Ocr, RouteEvidence.KnownHost),
        Bedrock("/converse", BedrockProtocols.Converse),
        Bedrock("/converse-stream", BedrockProtocols.Converse),
        Bedrock("/invoke", BedrockProtocols.Invoke) with { Operation = LlmOperation.Embeddings, Containing = "embed" },
        Bedrock("/invoke", BedrockProtocols.Invoke),
        Bedrock("/invoke-with-response-stream", BedrockProtocols.Invoke),
    ];

    public static ReadOnlySpan<LlmRoute> All => _all;

    private static LlmRoute Gemini(string suffix, string operation, LlmProtocol protocol) =>
        new(suffix, operation, protocol, RouteEvidence.ModelInPath, LlmProviders.Gemini);

    private static LlmRoute Vertex(string suffix, LlmProtocol protocol, string containing) =>
        new(suffix, LlmOperation.Chat, protocol, RouteEvidence.ModelInPath) { Containing = containing };

    private static LlmRoute Bedrock(string suffix, LlmProtocol protocol) =>
        new(suffix, LlmOperation.Chat, protocol, RouteEvidence.KnownHost) { Provider = LlmProviders.AwsBedrock };

    private static LlmRoute Ollama(string suffix, string operation, LlmProtocol protocol) =>
        new(suffix, operation, protocol, RouteEvidence.KnownHost, LlmProviders.Ollama);
}
