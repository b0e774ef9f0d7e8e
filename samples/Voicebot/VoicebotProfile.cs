using LlmMetrics;

namespace Voicebot;

/// <summary>
/// The names that this system's dashboard has always used: one family per provider, told apart by conditions. Over
/// Prometheus, dots become underscores, counters end in <c>_total</c> and seconds in <c>_seconds</c>. What is paid for
/// starts at 0, so that <c>increase()</c> sees the first call's part too.
/// </summary>
public static class VoicebotProfile
{
    /// <summary>Prefix of every name.</summary>
    public const string Prefix = "voicebot";

    /// <summary>The profile.</summary>
    public static MetricProfile Create() => MetricProfile.Create(Prefix, profile =>
    {
        profile.WithPrefix(Prefix);
        AddSpeech(profile);
        AddTranscription(profile);
        AddModel(profile);
        profile.UpDownCounter(FactKind.ActiveSession, "voicebot.active_calls")
            .Unit("{call}").Description("Calls that are going on");
    });

    private static ReadOnlySpan<double> Seconds => [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static void AddSpeech(MetricProfileBuilder profile)
    {
        // A phrase that the app's cache had is a request too, but nobody was asked and no characters were paid.
        profile.Counter(FactKind.LlmCall, "voicebot.elevenlabs.requests")
            .Unit("{request}").Description("Text to speech, by whether the cache had it")
            .When(FactField.Provider, "elevenlabs")
            .Tag("type", tag => tag.Case(FactField.Cache, "hit", "cache_hit").Otherwise("api_call"))
            .Preset("cache_hit").Preset("api_call");
        profile.Counter(FactKind.LlmCall, "voicebot.elevenlabs.characters", FactValue.Characters)
            .Unit("{character}").Description("Characters that ElevenLabs was paid for")
            .When(FactField.Provider, "elevenlabs").When(FactField.Outcome, "ok").WhenNot(FactField.Cache, "hit")
            .Preset();
        profile.Histogram(FactKind.LlmCall, "voicebot.tts.response")
            .Unit("s").Description("Latency of text to speech").Buckets(Seconds)
            .When(FactField.Operation, LlmOperation.TextToSpeech)
            .Tag("source", tag => tag.Case(FactField.Cache, "hit", "cache").Field(FactField.Provider));
    }

    private static void AddTranscription(MetricProfileBuilder profile)
    {
        profile.Counter(FactKind.LlmCall, "voicebot.deepgram.requests")
            .Unit("{request}").Description("Speech to text")
            .When(FactField.Provider, "deepgram").Preset();
        profile.Counter(FactKind.LlmCall, "voicebot.deepgram.audio", FactValue.AudioSeconds)
            .Unit("s").Description("Seconds of audio that Deepgram was paid for")
            .When(FactField.Provider, "deepgram").Preset();
        profile.Histogram(FactKind.LlmCall, "voicebot.stt.response")
            .Unit("s").Description("Latency of speech to text").Buckets(Seconds)
            .When(FactField.Operation, LlmOperation.SpeechToText);
    }

    private static void AddModel(MetricProfileBuilder profile)
    {
        profile.Counter(FactKind.LlmCall, "voicebot.groq.requests")
            .Unit("{request}").Description("Calls on the language model")
            .When(FactField.Provider, "groq")
            .Tag("model", FactField.ResponseModel, FactField.RequestModel)
            .Preset("llama-3.1-70b-versatile");
        profile.Counter(FactKind.LlmCall, "voicebot.groq.tokens.input", FactValue.InputTokens)
            .Unit("{token}").Description("Tokens read")
            .When(FactField.Provider, "groq").Preset();
        profile.Counter(FactKind.LlmCall, "voicebot.groq.tokens.output", FactValue.OutputTokens)
            .Unit("{token}").Description("Tokens written")
            .When(FactField.Provider, "groq").Preset();
        profile.Histogram(FactKind.LlmCall, "voicebot.llm.response")
            .Unit("s").Description("Latency of the language model").Buckets(Seconds)
            .When(FactField.Operation, LlmOperation.Chat)
            .Tag("task", FactField.Task);
    }
}
