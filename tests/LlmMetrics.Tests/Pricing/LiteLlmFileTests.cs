using System.Text;

namespace LlmMetrics.Tests.Pricing;

public sealed class LiteLlmFileTests
{
    private static readonly DateTimeOffset _now = new(2026, 9, 23, 12, 0, 0, TimeSpan.Zero);

    private const string File = """
        {
          "sample_spec": {"max_tokens": "a text", "input_cost_per_token": 0.0, "litellm_provider": "one of"},
          "gpt-x": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2e-06,
            "output_cost_per_token": 8e-06, "cache_read_input_token_cost": 5e-07,
            "input_cost_per_token_flex": 1e-06, "output_cost_per_token_flex": 4e-06,
            "input_cost_per_token_batches": 1e-06, "output_cost_per_token_priority": 1.6e-05,
            "input_cost_per_token_above_200k_tokens": 4e-06,
            "input_cost_per_token_above_200k_tokens_priority": 7e-06,
            "supports_vision": true, "max_tokens": null},
          "azure/eu/gpt-x": {"litellm_provider": "azure", "input_cost_per_token": 3e-06, "output_cost_per_token": 0},
          "vertex_ai/claude-x": {"litellm_provider": "vertex_ai-anthropic_models", "mode": "chat",
            "input_cost_per_token": 3e-06, "output_cost_per_token": 1.5e-05,
            "cache_creation_input_token_cost": 3.75e-06, "cache_creation_input_token_cost_above_1hr": 6e-06,
            "search_context_cost_per_query": {"search_context_size_low": 0.01, "search_context_size_high": 0.01}},
          "tts-x": {"litellm_provider": "openai", "mode": "audio_speech", "input_cost_per_character": 1.5e-05},
          "whisper-x": {"litellm_provider": "openai", "mode": "audio_transcription",
            "input_cost_per_second": 0.0001, "output_cost_per_second": 0.0001},
          "nova-x": {"litellm_provider": "deepgram", "mode": "audio_transcription",
            "input_cost_per_second": 7.5e-05, "output_cost_per_second": 0.0},
          "dall-x": {"litellm_provider": "openai", "mode": "image_generation", "input_cost_per_image": 0.04},
          "rerank-x": {"litellm_provider": "cohere", "mode": "rerank", "input_cost_per_query": 0.002,
            "input_cost_per_token": 0.0, "output_cost_per_token": 0.0},
          "ocr-x": {"litellm_provider": "mistral", "mode": "ocr", "ocr_cost_per_page": 0.001,
            "annotation_cost_per_page": 0.003},
          "batch-only-x": {"litellm_provider": "openai", "input_cost_per_token_batches": 1e-06,
            "output_cost_per_token_batches": 2e-06},
          "notes-only-x": {"litellm_provider": "mistral", "annotation_cost_per_page": 0.003},
          "pixel-x": {"litellm_provider": "openai", "mode": "image_generation", "input_cost_per_pixel": 1.9e-08},
          "free-x": {"litellm_provider": "openrouter", "input_cost_per_token": 0, "output_cost_per_token": 0},
          "thinking-x": {"litellm_provider": "xai", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06,
            "output_cost_per_reasoning_token": 3e-06, "input_cost_per_audio_token": 1e-05,
            "search_context_cost_per_query": {"search_context_size_low": 0.01, "search_context_size_high": 0.02}}
        }
        """;

    public static TheoryData<string, string, string?, LlmCall, double?> Calls => new()
    {
        { "openai", "gpt-x", null, new() { InputTokens = 1_000_00, OutputTokens = 1000 }, 0.2 + 0.008 },
        { "openai", "gpt-x", null, new() { InputTokens = 200_001, OutputTokens = 0 }, 0.800004 },
        { "openai", "gpt-x", null, new() { InputTokens = 1000, CachedInputTokens = 1000, OutputTokens = 0 }, 0.0005 },
        { "openai", "gpt-x", "flex", new() { InputTokens = 1000, OutputTokens = 1000 }, 0.005 },
        { "openai", "gpt-x", "batch", new() { InputTokens = 1000, OutputTokens = 1000 }, 0.009 },
        { "openai", "gpt-x", "priority", new() { InputTokens = 1000, OutputTokens = 1000 }, 0.018 },
        { "openai", "gpt-x", "priority", new() { InputTokens = 300_000, OutputTokens = 0 }, 2.1 },
        { "openai", "gpt-x", "flex", new() { InputTokens = 300_000, OutputTokens = 0 }, null },
        { "openai", "gpt-x", "scale", new() { InputTokens = 1000, OutputTokens = 1000 }, null },
        { "openai", "batch-only-x", null, new() { InputTokens = 1000, OutputTokens = 1000 }, null },
        { "openai", "batch-only-x", "batch", new() { InputTokens = 1000, OutputTokens = 1000 }, 0.003 },
        { "mistral_ai", "notes-only-x", null, new() { InputTokens = 1000, OutputTokens = 1000 }, null },
        { "azure.ai.openai", "eu/gpt-x", null, new() { InputTokens = 1000, OutputTokens = 9 }, 0.003 },
        {
            "gcp.vertex_ai", "claude-x", null,
            new()
            {
                InputTokens = 3000, CacheWriteInputTokens = 2000, CacheWrite1HourInputTokens = 1000, OutputTokens = 0,
                WebSearches = 2,
            },
            0.003 + 0.00375 + 0.006 + 0.02
        },
        { "openai", "tts-x", null, new() { Characters = 1000 }, 0.015 },
        { "openai", "whisper-x", null, new() { AudioSeconds = 60 }, 0.006 },
        { "deepgram", "nova-x", null, new() { AudioSeconds = 60 }, 0.0045 },
        { "openai", "dall-x", null, new() { Images = 2 }, 0.08 },
        { "cohere", "rerank-x", null, new() { InputTokens = 5 }, 0.002 },
        { "mistral_ai", "ocr-x", null, new() { Pages = 3 }, 0.003 },
        { "openai", "pixel-x", null, new() { Images = 1 }, null },
        { "openrouter", "free-x", null, new() { InputTokens = 1, OutputTokens = 1 }, 0 },
        {
            "x_ai", "thinking-x", null,
            new() { InputTokens = 1000, InputAudioTokens = 100, OutputTokens = 1000, ReasoningOutputTokens = 500 },
            0.0009 + 0.001 + 0.001 + 0.0015
        },
        { "x_ai", "thinking-x", null, new() { InputTokens = 1000, OutputTokens = 0, WebSearches = 1 }, null },
        { "one of", "sample_spec", null, new() { InputTokens = 1, OutputTokens = 1 }, null },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void TryGetCost_ModelOfTheFile_IsWhatItsKeysSay(
        string provider, string model, string? tier, LlmCall figures, double? expected)
    {
        var call = new LlmCall
        {
            Provider = provider,
            ResponseModel = model,
            ServiceTier = tier,
            InputTokens = figures.InputTokens,
            OutputTokens = figures.OutputTokens,
            CachedInputTokens = figures.CachedInputTokens,
            CacheWriteInputTokens = figures.CacheWriteInputTokens,
            CacheWrite1HourInputTokens = figures.CacheWrite1HourInputTokens,
            InputAudioTokens = figures.InputAudioTokens,
            ReasoningOutputTokens = figures.ReasoningOutputTokens,
            WebSearches = figures.WebSearches,
            Characters = figures.Characters,
            AudioSeconds = figures.AudioSeconds,
            Images = figures.Images,
            Pages = figures.Pages,
        };

        var isPriced = Parse(File).TryGetCost(in call, _now, out var usd);

        Assert.Equal(expected is not null, isPriced);
        Assert.Equal(expected ?? 0, usd, 12);
    }

    [Theory]
    [InlineData("\"input_cost_per_token_batches\":1e-06,\"output_cost_per_token_batches\":2e-06")]
    [InlineData("\"input_cost_per_token_priority\":1e-06,\"cache_read_input_token_cost\":0")]
    [InlineData("\"annotation_cost_per_page\":0.003")]
    public void TryGetCost_NoPriceForOrdinaryCalls_IsUnpricedNotFree(string prices)
    {
        var catalogue = Parse($$$"""{"m":{"litellm_provider":"openai",{{{prices}}} } }""");
        var tokens = new LlmCall
        {
            Provider = "openai", RequestModel = "m", InputTokens = 1000, OutputTokens = 1000,
        };
        Assert.False(catalogue.TryGetCost(in tokens, _now, out _));

        var pages = new LlmCall { Provider = "openai", RequestModel = "m", Pages = 3 };
        Assert.False(catalogue.TryGetCost(in pages, _now, out _));
    }

    [Fact]
    public void TryGetCost_TierOnly_PricesTheTier()
    {
        var catalogue = Parse("""{"m":{"litellm_provider":"openai","input_cost_per_token_batches":1e-06}}""");
        var call = new LlmCall
        {
            Provider = "openai", RequestModel = "m", ServiceTier = "batch", InputTokens = 1000, OutputTokens = 0,
        };

        Assert.True(catalogue.TryGetCost(in call, _now, out var usd));
        Assert.Equal(0.001, usd, 12);
    }

    [Fact]
    public void Parse_KeysThatCannotBeUsed_AreNamed()
    {
        var notes = Parse(File).Notes;

        Assert.Contains(
            notes, static note => note.Contains("'pixel-x': input_cost_per_pixel", StringComparison.Ordinal));
        Assert.Contains(notes, static note =>
            note.Contains("'thinking-x': search_context_cost_per_query", StringComparison.Ordinal));
        Assert.All(notes, static note => Assert.StartsWith("mine.json, line ", note, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"litellm_provider":"p","input_cost_per_token":-1e-6}""", "'input_cost_per_token' is -1e-6")]
    [InlineData("""{"litellm_provider":"p","input_cost_per_token":2}""", "'input_cost_per_token' is 2, but")]
    [InlineData("""{"litellm_provider":"p","input_cost_per_token":"2e-6"}""", "'input_cost_per_token' needs a number")]
    [InlineData(
        """{"litellm_provider":"p","input_cost_per_token":1e-6,"input_cost_per_token":2e-6}""", "is given twice")]
    [InlineData("""{"input_cost_per_token":1e-6}""", "'m' has no 'litellm_provider'")]
    [InlineData("""{"litellm_provider":"p","input_cost_per_character":-1}""", "'input_cost_per_character' is -1")]
    [InlineData("5", "an object of prices is expected")]
    public void Parse_BrokenModel_NamesLineAndReason(string model, string reason)
    {
        var json = "{\n\"a\":{\"litellm_provider\":\"p\"},\n\"m\":" + model + "}";

        var error = Assert.Throws<InvalidDataException>(() => Parse(json));

        Assert.StartsWith("mine.json, line 3, column ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ModelGivenTwice_IsRefused()
    {
        const string model = """{"litellm_provider":"p","input_cost_per_token":1e-6}""";

        var error = Assert.Throws<InvalidDataException>(() => Parse($"{{\"m\":{model},\n\"m\":{model}}}"));

        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("'m' is given twice", error.Message, StringComparison.Ordinal);
    }

    private static PriceCatalogue Parse(string json) =>
        PriceCatalogue.Parse(Encoding.UTF8.GetBytes(json), "mine.json");
}
