using System.Globalization;

namespace LlmMetrics.Tests.Pricing;

/// <summary>Costs worked out by hand from the providers' rates, per million tokens in the comments.</summary>
public class PriceCatalogueCostTests
{
    private static readonly DateTimeOffset _now = new(2026, 9, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("openai", "gpt-4o", 1000, 500, 0.0075)] // 2.5 / 10
    [InlineData("openai", "gpt-4o-2024-08-06", 1000, 500, 0.0075)]
    [InlineData("openai", "GPT-4o", 1000, 500, 0.0075)]
    [InlineData("OpenAI", "openai/gpt-4o", 1000, 500, 0.0075)]
    [InlineData("openai", "gpt-4o-mini", 1_000_000, 1_000_000, 0.75)] // 0.15 / 0.6
    [InlineData("openai", "gpt-4.1-2031-01-01", 1_000_000, 0, 2)] // a snapshot that the data does not list
    [InlineData("openai", "text-embedding-3-small", 1_000_000, 0, 0.02)]
    [InlineData("openai", "o3", 1_000_000, 1_000_000, 10)] // 2 / 8 since 2025-06-10
    [InlineData("azure.ai.openai", "gpt-4o", 1000, 500, 0.0075)] // at OpenAI's price
    [InlineData("azure.ai.openai", "o3-mini", 1_000_000, 1_000_000, 5.5)] // 1.1 / 4.4
    [InlineData("azure.ai.inference", "phi-4", 1_000_000, 1_000_000, 0.21)] // 0.07 / 0.14
    [InlineData("anthropic", "claude-3-5-haiku-20241022", 1_000_000, 1_000_000, 4.8)] // 0.8 / 4
    [InlineData("anthropic", "claude-3-haiku-20240307", 1_000_000, 1_000_000, 1.5)] // 0.25 / 1.25
    [InlineData("aws.bedrock", "us.anthropic.claude-3-5-sonnet-20241022-v2:0", 1_000_000, 1_000_000, 18)] // 3 / 15
    [InlineData("aws.bedrock", "meta.llama3-1-8b-instruct-v1:0", 1_000_000, 1_000_000, 0.44)] // 0.22 / 0.22
    [InlineData("aws.bedrock", "amazon.titan-embed-text-v2:0", 1_000_000, 0, 0.02)]
    [InlineData("aws.bedrock", "amazon.titan-embed-text-v1", 1_000_000, 0, 0.1)]
    [InlineData("gcp.gemini", "models/gemini-2.5-flash", 1_000_000, 1_000_000, 2.8)] // 0.3 / 2.5
    [InlineData("gcp.vertex_ai", "publishers/google/models/gemini-2.5-flash", 1_000_000, 0, 0.3)]
    [InlineData("gcp.gemini", "gemini-2.5-flash-lite", 1_000_000, 1_000_000, 0.5)] // 0.1 / 0.4
    [InlineData("mistral_ai", "ministral-3b", 1_000_000, 1_000_000, 0.08)] // 0.04 / 0.04
    [InlineData("perplexity", "sonar", 1000, 1000, 0.014)] // 1 / 1 and 12 per thousand requests
    [InlineData("openai", "ft:gpt-4o-2024-08-06:acme::abc123", 1_000_000, 0, 3.75)] // fine-tuned: 3.75 / 15
    [InlineData("openai", "gpt-4o-2024-05-13", 1_000_000, 1_000_000, 20)] // the first one cost 5 / 15
    [InlineData("openrouter", "anthropic/claude-3.5-haiku", 1_000_000, 0, 0.8)]
    [InlineData("openrouter", "openai/gpt-4o", 1000, 500, 0.0075)]
    public void TryGetCost_KnownModel_IsWhatTheProviderCharges(
        string provider, string model, long input, long output, double expected)
    {
        var call = new LlmCall
        {
            Provider = provider,
            ResponseModel = model,
            InputTokens = input,
            OutputTokens = output,
        };

        Assert.True(PriceCatalogue.Embedded.TryGetCost(in call, _now, out var usd));

        Assert.Equal(expected, usd, 1e-12);
    }

    [Theory]
    [InlineData("gpt-4o-audio-preview-2025-06-03", (60 * 2.5) + (40 * 40) + (20 * 10) + (80 * 80))]
    [InlineData("gpt-4o-mini-audio-preview", (60 * 0.15) + (40 * 10) + (20 * 0.6) + (80 * 20))]
    [InlineData("gpt-audio", (60 * 2.5) + (40 * 32) + (20 * 10) + (80 * 64))]
    public void TryGetCost_AudioInChat_IsNotChargedAsText(string model, double expected)
    {
        var call = new LlmCall
        {
            Provider = "openai", ResponseModel = model, Operation = LlmOperation.Chat,
            InputTokens = 100, InputAudioTokens = 40, OutputTokens = 100, OutputAudioTokens = 80,
        };

        Assert.True(PriceCatalogue.Embedded.TryGetCost(in call, _now, out var usd));

        Assert.Equal(expected / 1e6, usd, 1e-12);
    }

    [Theory]
    [InlineData("openai_compatible", "gpt-4o")]
    [InlineData("vllm", "gpt-4o")]
    [InlineData("ollama", "llama3.1")]
    [InlineData("openai", "gpt-99-imaginary")]
    [InlineData("openrouter", "meta-llama/llama-3.1-8b-instruct")]
    [InlineData("openrouter", "google/gemma-3-27b-it")]
    [InlineData("openrouter", "openai/gpt-4o:online")]
    [InlineData("openrouter", "openai/gpt-oss-120b")]
    [InlineData("azure.ai.openai", "my-deployment")]
    [InlineData("aws.bedrock", "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3")]
    [InlineData("perplexity", "sonar-deep-research")] // charged by citations too, which this call leaves open
    [InlineData("", "gpt-4o")]
    [InlineData(null, "gpt-4o")]
    [InlineData("openai", "")]
    [InlineData("openai", null)]
    public void TryGetCost_UnknownModelOrProvider_IsFalse(string? provider, string? model)
    {
        var call = new LlmCall { Provider = provider, ResponseModel = model, InputTokens = 10, OutputTokens = 10 };

        Assert.False(PriceCatalogue.Embedded.TryGetCost(in call, _now, out var usd));

        Assert.Equal(0, usd);
    }

    [Theory]
    [InlineData("gcp.gemini", "gemma-3-27b-it")]
    [InlineData("azure", "phi-4-reasoning:free")]
    [InlineData("openai", "omni-moderation-latest")]
    public void TryGetCost_FreeModel_IsZeroAndKnown(string provider, string model)
    {
        var call = new LlmCall { Provider = provider, ResponseModel = model, InputTokens = 10, OutputTokens = 10 };

        Assert.True(PriceCatalogue.Embedded.TryGetCost(in call, _now, out var usd));

        Assert.Equal(0, usd);
    }

    [Theory]
    [InlineData("anthropic", "claude-sonnet-4-5", 200_000, 1000, 0.6 + 0.015)] // 3 / 15 up to 200,000
    [InlineData("anthropic", "claude-sonnet-4-5", 200_001, 1000, (200_001 * 6e-6) + 0.0225)] // 6 / 22.5 above, for all
    [InlineData("gcp.gemini", "gemini-2.5-pro", 200_000, 1000, 0.25 + 0.01)] // 1.25 / 10
    [InlineData("gcp.gemini", "gemini-2.5-pro", 200_001, 1000, (200_001 * 2.5e-6) + 0.015)] // 2.5 / 15
    [InlineData("openai", "gpt-5.4", 271_999, 0, 271_999 * 2.5e-6)]
    [InlineData("openai", "gpt-5.4", 272_000, 0, 272_000 * 5e-6)]
    [InlineData("x_ai", "grok-4.3", 199_999, 0, 199_999 * 1.25e-6)]
    [InlineData("x_ai", "grok-4.3", 200_000, 0, 200_000 * 2.5e-6)]
    public void TryGetCost_AtATier_RepricesAllTokensOneAboveItsStart(
        string provider, string model, long input, long output, double expected)
    {
        var call = new LlmCall
        {
            Provider = provider,
            ResponseModel = model,
            InputTokens = input,
            OutputTokens = output,
        };

        Assert.True(PriceCatalogue.Embedded.TryGetCost(in call, _now, out var usd));

        Assert.Equal(expected, usd, 1e-12);
    }

    [Theory]
    [InlineData("openai", "o3", "2025-06-09T23:59:59Z", 10)]
    [InlineData("openai", "o3", "2025-06-10T00:00:00Z", 2)]
    [InlineData("openai", "o3", "2025-06-10T01:00:00+02:00", 10)] // still the 9th in UTC
    [InlineData("anthropic", "claude-sonnet-4-6", "2026-03-12T12:00:00Z", 6)] // 1 M tokens: above 200,000
    [InlineData("anthropic", "claude-sonnet-4-6", "2026-03-13T12:00:00Z", 3)] // no tier any more
    [InlineData("gcp.gemini", "gemini-3.8-flash", "2026-12-31T23:59:59Z", 0.75)]
    [InlineData("gcp.gemini", "gemini-3.8-flash", "2027-01-01T00:00:00Z", 1.5)]
    [InlineData("deepseek", "deepseek-chat", "2026-09-23T00:29:59Z", 0.135)]
    [InlineData("deepseek", "deepseek-chat", "2026-09-23T00:30:00Z", 0.27)]
    [InlineData("deepseek", "deepseek-chat", "2026-09-23T16:29:59Z", 0.27)]
    [InlineData("deepseek", "deepseek-chat", "2026-09-23T16:30:00Z", 0.135)]
    [InlineData("deepseek", "deepseek-v4-flash", "2026-08-16T12:00:00Z", 0.14)]
    [InlineData("deepseek", "deepseek-v4-flash", "2026-08-17T12:00:00Z", 0.22)]
    [InlineData("deepseek", "deepseek-v4-flash", "2026-08-17T03:00:00Z", 0.44)]
    [InlineData("deepseek", "deepseek-v4-flash", "2026-08-17T06:00:00Z", 0.44)]
    public void TryGetCost_DatedPrices_TakesTheLastThatHolds(string provider, string model, string at, double expected)
    {
        var call = new LlmCall
        {
            Provider = provider,
            ResponseModel = model,
            InputTokens = 1_000_000,
            OutputTokens = 0,
        };

        Assert.True(PriceCatalogue.Embedded.TryGetCost(
            in call, DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), out var usd));

        Assert.Equal(expected, usd, 1e-12);
    }

    [Theory]
    [InlineData("elevenlabs", "eleven_flash_v2_5", LlmOperation.TextToSpeech, 2000L, null, 0.1)]
    [InlineData("openai", "tts-1-hd", LlmOperation.TextToSpeech, 500L, null, 0.015)]
    [InlineData("openai", "whisper-1", LlmOperation.SpeechToText, null, 90.0, 0.009)] // 0.006 per minute
    [InlineData("groq", "whisper-large-v3", LlmOperation.SpeechToText, null, 3600.0, 0.111)]
    [InlineData("groq", "whisper-large-v3", LlmOperation.SpeechToText, null, 2.0, 10 * 0.111 / 3600)]
    [InlineData("deepgram", "nova-3", LlmOperation.SpeechToText, null, 120.0, 0.0086)]
    public void TryGetCost_Speech_IsByCharacterOrSecond(
        string provider, string model, string operation, long? characters, double? seconds, double expected)
    {
        var call = new LlmCall
        {
            Provider = provider,
            Operation = operation,
            RequestModel = model,
            Characters = characters,
            AudioSeconds = seconds,
        };

        Assert.True(PriceCatalogue.Embedded.TryGetCost(in call, _now, out var usd));

        Assert.Equal(expected, usd, 1e-12);
    }

    [Fact]
    public void TryGetCost_GivenCost_IsReturnedAsItIs()
    {
        var call = new LlmCall { Provider = "openai", ResponseModel = "gpt-4o", CostUsd = 0.125 };

        Assert.True(PriceCatalogue.Embedded.TryGetCost(in call, _now, out var usd));

        Assert.Equal(0.125, usd);
    }

    [Fact]
    public void TryGetCost_ResponseModelUnknown_UsesTheRequestedOne()
    {
        var call = new LlmCall
        {
            Provider = "openai",
            RequestModel = "gpt-4o",
            ResponseModel = "something-else",
            InputTokens = 1_000_000,
            OutputTokens = 0,
        };

        Assert.True(PriceCatalogue.Embedded.TryGetCost(in call, _now, out var usd));

        Assert.Equal(2.5, usd, 1e-12);
    }
}
