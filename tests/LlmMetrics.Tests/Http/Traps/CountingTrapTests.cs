using static LlmMetrics.Tests.Http.Traps.Exchange;

namespace LlmMetrics.Tests.Http.Traps;

/// <summary>What the same word means at different providers.</summary>
public class CountingTrapTests
{
    private const string Gateway = "http://litellm:4000/v1/chat/completions";

    [Theory]
    [Trait(TrapNames.Trait, TrapNames.CachedBeside)]
    [InlineData(
        OpenAi,
        """
        {"usage":{"prompt_tokens":1800,"completion_tokens":15,"total_tokens":1815,
        "prompt_tokens_details":{"cached_tokens":800}}}
        """)]
    [InlineData(Anthropic, """{"usage":{"input_tokens":1000,"output_tokens":15,"cache_read_input_tokens":800}}""")]
    [InlineData(
        "https://bedrock-runtime.eu-west-1.amazonaws.com/model/m/converse",
        """
        {"usage":{"inputTokens":1000,"outputTokens":15,"totalTokens":1815,
        "cacheReadInputTokens":800}}
        """)]
    [InlineData(
        Gateway,
        """
        {"model":"claude","usage":{"prompt_tokens":1000,"completion_tokens":15,"total_tokens":1815,
        "cache_read_input_tokens":800}}
        """)]
    [InlineData(
        Gateway,
        """
        {"model":"claude","usage":{"prompt_tokens":1800,"completion_tokens":15,"total_tokens":1815,
        "cache_read_input_tokens":800}}
        """)]
    public async Task Cached_InsideOrBeside_InputHasItOnce(string url, string body)
    {
        var call = await ReadAsync(url, Json, body);

        Assert.Equal((1800, 15, 800), (call.InputTokens, call.OutputTokens, call.CachedInputTokens));
    }

    [Fact]
    [Trait(TrapNames.Trait, TrapNames.CachedBeside)]
    public async Task Cached_MoreThanTheInput_StoodBesideItWhateverTheTotal()
    {
        const string body =
            """{"usage":{"prompt_tokens":25,"completion_tokens":15,"total_tokens":40,"cache_read_input_tokens":800}}""";

        Assert.Equal(825, (await ReadAsync(Gateway, Json, body)).InputTokens);
    }

    [Theory]
    [Trait(TrapNames.Trait, TrapNames.ReasoningBeside)]
    [InlineData(
        OpenAi,
        """
        {"usage":{"prompt_tokens":12,"completion_tokens":291,"total_tokens":303,
        "completion_tokens_details":{"reasoning_tokens":290}}}
        """, 12)]
    [InlineData(
        "https://api.x.ai/v1/chat/completions",
        """
        {"usage":{"prompt_tokens":12,"completion_tokens":1,"total_tokens":303,
        "completion_tokens_details":{"reasoning_tokens":290}}}
        """, 12)]
    [InlineData(
        Gemini,
        """
        {"usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":1,"thoughtsTokenCount":290,
        "totalTokenCount":303}}
        """, 12)]
    [InlineData(
        Gemini,
        """
        {"usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":291,"thoughtsTokenCount":290,
        "totalTokenCount":303}}
        """, 12)]
    [InlineData(
        Gemini,
        """
        {"usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":1,"thoughtsTokenCount":290}}
        """, 12)]
    [InlineData(
        Gemini,
        """
        {"usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":1,"thoughtsTokenCount":290,
        "toolUsePromptTokenCount":50,"totalTokenCount":353}}
        """, 62)]
    public async Task Reasoning_InsideOrBeside_OutputHasItOnce(string url, string body, long input)
    {
        var call = await ReadAsync(url, Json, body);

        Assert.Equal((input, 291, 290), (call.InputTokens, call.OutputTokens, call.ReasoningOutputTokens));
    }

    [Theory]
    [Trait(TrapNames.Trait, TrapNames.ReasoningBeside)]
    [InlineData(OpenAi, "prompt_tokens", "completion_tokens", 312, 300)]
    [InlineData(OpenAi, "prompt_tokens", "completion_tokens", 602, 590)]
    [InlineData(OpenAi, "prompt_tokens", "completion_tokens", null, 300)]
    [InlineData(Gemini, "promptTokenCount", "candidatesTokenCount", 312, 300)]
    [InlineData(Gemini, "promptTokenCount", "candidatesTokenCount", 602, 590)]
    [InlineData(Gemini, "promptTokenCount", "candidatesTokenCount", null, 590)]
    public async Task Reasoning_LessThanTheOutput_TotalThenShapeTell(
        string url, string input, string output, int? total, long expected)
    {
        var isGemini = url == Gemini;
        var totalName = isGemini ? "totalTokenCount" : "total_tokens";
        var reasoning = isGemini
            ? "\"thoughtsTokenCount\":290"
            : "\"completion_tokens_details\":{\"reasoning_tokens\":290}";
        var figures = $"\"{input}\":12,\"{output}\":300,{reasoning}"
            + (total is null ? string.Empty : $",\"{totalName}\":{total}");
        var usage = isGemini ? "usageMetadata" : "usage";

        var call = await ReadAsync(url, Json, $"{{\"{usage}\":{{{figures}}}}}");

        Assert.Equal((12, expected, 290), (call.InputTokens, call.OutputTokens, call.ReasoningOutputTokens));
    }

    [Fact]
    [Trait(TrapNames.Trait, TrapNames.Served)]
    public async Task Cost_ServedModelAndTier_AreWhatIsPaid()
    {
        var asked = await CostAsync("gpt-4o", "gpt-4o", "default");
        var served = await CostAsync("gpt-4o", "gpt-4o-mini-2024-07-18", "default");
        var flex = await CostAsync("gpt-5", "gpt-5", "flex");
        var standard = await CostAsync("gpt-5", "gpt-5", "default");

        Assert.True(served < asked / 10, $"{served} of {asked}");

        // There is no price for it, and that of another tier would be wrong.
        Assert.NotEqual(flex, standard);
        Assert.NotNull(standard);
    }

    [Fact]
    [Trait(TrapNames.Trait, TrapNames.UnboundedModels)]
    public void Models_WithoutBound_FoldWithExactTotals()
    {
        using var runtime = RuntimeBuilder.Create();
        for (var i = 0; i < 500; i++)
        {
            runtime.Record(new LlmCall
            {
                Provider = "aws.bedrock",
                Operation = LlmOperation.Chat,
                RequestModel = $"arn:aws:bedrock:eu-west-1:1:application-inference-profile/{i}",
                InputTokens = 10,
                OutputTokens = 1,
            });
        }

        using var snapshot = runtime.GetSnapshot();
        Assert.True(snapshot.TryGetFamily("llm.calls", out var family));
        Assert.InRange(family.Select(series => series.Tag("model")).Distinct().Count(), 2, 101);
        Assert.Equal(5000, snapshot.Sum("llm.tokens", ("type", "input")));
        Assert.Equal(400, snapshot.Sum("llm.calls", ("model", "__other__")));
    }

    [Fact]
    [Trait(TrapNames.Trait, TrapNames.UnboundedModels)]
    public async Task Model_AzureDeployment_ServedModelIsTheOneThatTheAnswerNames()
    {
        var call = await ReadAsync(
            "https://a.openai.azure.com/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21",
            Events,
            System.Text.Encoding.UTF8.GetBytes(Stream(
                """{"choices":[],"model":"","prompt_filter_results":[{}]}""",
                """{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}],"model":"gpt-4o-2024-08-06"}""",
                "[DONE]")),
            model: "");

        Assert.Equal(("my-gpt", "gpt-4o-2024-08-06"), (call.RequestModel, call.ResponseModel));
    }

    [Theory]
    [Trait(TrapNames.Trait, TrapNames.CostOfZero)]
    [InlineData("https://openrouter.ai/api/v1/chat/completions", "0", 0.0)]
    [InlineData("https://openrouter.ai/api/v1/chat/completions", "null", null)]
    [InlineData("https://openrouter.ai/api/v1/chat/completions", "-1", null)]
    public async Task Cost_OfZero_IsKnown(string url, string cost, double? expected)
    {
        var call = await ReadAsync(
            url,
            Json,
            "{\"model\":\"nobody\",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"cost\":" + cost + "}}");

        Assert.Equal(expected, call.CostUsd);
    }

    [Theory]
    [Trait(TrapNames.Trait, TrapNames.Batch)]
    [InlineData("https://api.anthropic.com/v1/messages/batches")]
    [InlineData("https://api.anthropic.com/v1/messages/count_tokens")]
    [InlineData("https://api.openai.com/v1/batches")]
    [InlineData("https://api.openai.com/v1/responses/input_tokens")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/models/m:countTokens")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/models/m:batchGenerateContent")]
    [InlineData("https://eu-aiplatform.googleapis.com/v1/publishers/anthropic/models/count-tokens:rawPredict")]
    [InlineData("https://bedrock-runtime.us-east-1.amazonaws.com/model/m/count-tokens")]
    public async Task Batch_AndCountingTokens_AreNoCalls(string url)
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        using var inner = new ScriptedHandler(
            "{\"input_tokens\":9,\"usage\":{\"input_tokens\":9}}"u8.ToArray(), ChunkPlan.Whole, Json);
        using var client = new HttpClient(new LlmMetricsHandler(runtime, inner));
        using var request = Scenario.Request(url);
        request.Headers.Add("anthropic-version", "2023-06-01");
        using var response = await client.SendAsync(request);

        Assert.Empty(log.Calls);
    }

    private static async Task<double?> CostAsync(string asked, string served, string tier)
    {
        var body = "{\"model\":\"" + served + "\",\"service_tier\":\"" + tier
            + "\",\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":1000,\"total_tokens\":2000}}";
        var call = await ReadAsync(OpenAi, Json, System.Text.Encoding.UTF8.GetBytes(body), model: asked);
        return call.CostUsd;
    }
}
