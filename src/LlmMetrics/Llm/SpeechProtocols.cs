namespace LlmMetrics.Llm;

/// <summary>
/// Speech and images at OpenAI, ElevenLabs and Deepgram (API references of 2026-11). Speech is told by the characters
/// of the request, as the answer is audio.
/// </summary>
internal static class SpeechProtocols
{
    /// <summary>OpenAI: text to speech, as audio or as events.</summary>
    public static LlmProtocol Speech { get; } = new()
    {
        Request = new JsonNode().With("model", LlmField.Model).With("input", LlmField.Characters),
        Response = new JsonNode()
            .With("type", LlmField.EventType)
            .With("usage", Usage())
            .With("error", OpenAiProtocols.Error),
        OutputBeginnings = LlmProtocol.Names("{\"type\":\"speech.audio.delta\""),
        TerminalEvents = LlmProtocol.Names("speech.audio.done"),
        ErrorEvents = LlmProtocol.Names("error"),
        SilentEvents = LlmProtocol.Names("speech.audio.done", "error"),
    };

    /// <summary>ElevenLabs and Deepgram: text to speech.</summary>
    public static LlmProtocol Voice { get; } = new()
    {
        Request = new JsonNode().With("model_id", LlmField.Model).With("text", LlmField.Characters),
        Response = new JsonNode(),
        HasTerminalEvent = false,
    };

    /// <summary>ElevenLabs: text to speech with timestamps, as one JSON document after the other.</summary>
    public static LlmProtocol VoiceDocuments { get; } = new()
    {
        Request = Voice.Request,
        Response = Voice.Response,
        Framing = DocumentFraming.Lines,
        HasTerminalEvent = false,
    };

    /// <summary>OpenAI and Mistral: speech to text, with tokens or seconds.</summary>
    public static LlmProtocol Transcription { get; } = new()
    {
        Request = new JsonNode().With("model", LlmField.Model),
        Response = new JsonNode()
            .With("type", LlmField.EventType)
            .With("model", LlmField.Model)
            .With("duration", LlmField.AudioSeconds)
            .With("usage", Usage()
                .With("prompt_audio_seconds", LlmField.AudioSeconds)
                .With("prompt_tokens", LlmField.InputTokens)
                .With("completion_tokens", LlmField.OutputTokens))
            .With("error", OpenAiProtocols.Error),
        TerminalEvents = LlmProtocol.Names("transcript.text.done", "transcription.done"),
        ErrorEvents = LlmProtocol.Names("error"),
        SilentEvents = LlmProtocol.Names(
            "transcript.text.done", "transcription.done", "transcription.language", "error"),
        OutputBeginnings = LlmProtocol.Names(
            "{\"type\":\"transcript.text.delta\"",
            "{\"type\":\"transcription.text.delta\""),
    };

    /// <summary>Deepgram: speech to text, billed by seconds and channels.</summary>
    public static LlmProtocol Listening { get; } = new()
    {
        Request = new JsonNode(),
        Response = new JsonNode()
            .With("metadata", new JsonNode { IsAtomic = true }
                .With("request_id", LlmField.ResponseId)
                .With("duration", LlmField.AudioSeconds)
                .With("channels", LlmField.Channels)),
        HasTerminalEvent = false,
    };

    /// <summary>OpenAI: images, counted and with tokens where the model has them.</summary>
    public static LlmProtocol Images { get; } = new()
    {
        Request = new JsonNode().With("model", LlmField.Model).With("stream", LlmField.Stream),
        Response = new JsonNode()
            .With("type", LlmField.EventType)
            .With("model", LlmField.Model)
            .With("data", new JsonNode { Items = new JsonNode { Counter = LlmField.Images } })
            .With("usage", Usage())
            .With("error", OpenAiProtocols.Error),
        TerminalEvents = LlmProtocol.Names("image_generation.completed", "image_edit.completed"),
        ErrorEvents = LlmProtocol.Names("error"),
        SilentEvents = LlmProtocol.Names("image_generation.completed", "image_edit.completed", "error"),
    };

    private static JsonNode Usage() => new JsonNode { IsAtomic = true }
        .With("seconds", LlmField.AudioSeconds)
        .With("input_tokens", LlmField.InputTokens)
        .With("output_tokens", LlmField.OutputTokens)
        .With("total_tokens", LlmField.TotalTokens)
        .With("input_tokens_details", InputDetails())
        .With("input_token_details", InputDetails())
        .With("output_tokens_details", new JsonNode().With("image_tokens", LlmField.OutputImageTokens));

    private static JsonNode InputDetails() => new JsonNode()
        .With("audio_tokens", LlmField.InputAudioTokens)
        .With("image_tokens", LlmField.InputImageTokens)
        .With("cached_tokens", LlmField.CachedInputTokens);
}
