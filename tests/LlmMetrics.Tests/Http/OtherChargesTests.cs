using static LlmMetrics.Tests.Http.Traps.Exchange;

namespace LlmMetrics.Tests.Http;

/// <summary>
/// What answers show of tools, tiers and speeds that cost more than their tokens. Costs are worked out by hand; where
/// the data has no rate, there is none, rather than one that is too low.
/// </summary>
public class OtherChargesTests
{
    private const string Responses = "https://api.openai.com/v1/responses";
    private static readonly DateTimeOffset _now = new(2026, 9, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Cost_SearchesThatTheResponseTells_AreInIt()
    {
        var fixture = Fixture.Get("openai-responses-tools-told");
        var call = await ReadAsync(Responses, Json, fixture.Body);

        // gpt-5.4: 2.5 and 15 per million tokens, 10 per thousand web searches, 2.5 per thousand file searches.
        const double expected = (9000 * 2.5e-6) + (400 * 15e-6) + (3 * 0.010) + (2 * 0.0025);
        Assert.True(PriceCatalogue.Embedded.TryGetCost(Without(in call), _now, out var usd));
        Assert.Equal(expected, usd, 1e-12);
    }

    [Theory]
    [InlineData("{\"type\":\"web_search_call\",\"action\":{\"type\":\"search\"}}", 1)]
    [InlineData("{\"action\":{\"type\":\"search\"},\"type\":\"web_search_call\"}", 1)]
    [InlineData("{\"type\":\"web_search_call\"}", 1)]
    [InlineData("{\"action\":{\"type\":\"open_page\"},\"type\":\"web_search_call\"}", null)]
    [InlineData("{\"type\":\"message\",\"content\":[{\"type\":\"web_search_call\"}]}", null)]
    [InlineData("{\"type\":\"function_call\",\"arguments\":\"{\\\"type\\\":\\\"web_search_call\\\"}\"}", null)]
    [InlineData("{\"type\":\"mcp_call\",\"action\":{\"type\":\"web_search_call\"}}", null)]
    public async Task Searches_ShownInTheOutput_AreCounted(string item, int? expected)
    {
        var call = await ReadAsync(
            Responses,
            Json,
            $$"""{"object":"response","output":[{{item}}],"usage":{"input_tokens":1,"output_tokens":1} }""");

        Assert.Equal(expected, call.WebSearches);
    }

    [Fact]
    public async Task Searches_SeveralEventsWithTheOutput_AreCountedOnce()
    {
        const string output = """
            "output":[{"type":"web_search_call","action":{"type":"search"}}],
            """;
        var call = await ReadAsync(Responses, Events, Stream(
            "{\"type\":\"response.in_progress\",\"response\":{" + output + "\"usage\":null}}",
            "{\"type\":\"response.completed\",\"response\":{" + output
                + "\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}"));

        Assert.Equal(1, call.WebSearches);
    }

    [Theory]
    [InlineData("openai-responses-stream-image-tool")]
    [InlineData("anthropic-fast")]
    [InlineData("bedrock-converse-optimised")]
    [InlineData("gemini-array-grounded")]
    [InlineData("gemini-tier-header")]
    [InlineData("mistral-ocr-annotated")]
    public async Task Cost_SomethingWithoutARate_IsUnpriced(string name)
    {
        var fixture = Fixture.Get(name);
        using var runner = new FixtureRunner();
        var call = await runner.SendAsync(fixture, fixture.Bytes, ChunkPlan.Whole, null, name);

        Assert.Null(call.CostUsd);
        Assert.NotNull(call.InputTokens ?? call.Pages);
    }

    [Fact]
    public async Task Cost_PagesOfADocument_AreChargedByTheThousand()
    {
        var fixture = Fixture.Get("mistral-ocr");
        using var runner = new FixtureRunner();
        var call = await runner.SendAsync(fixture, fixture.Bytes, ChunkPlan.Whole, null, "pages");

        Assert.Equal(29 * 0.002, call.CostUsd!.Value, 1e-12);
    }

    [Fact]
    public async Task Cost_GroundingWithARateOfOnesOwn_IsPriced()
    {
        var fixture = Fixture.Get("gemini-array-grounded");
        using var runner = new FixtureRunner();
        var call = await runner.SendAsync(fixture, fixture.Bytes, ChunkPlan.Whole, null, "grounded");
        var prices = PriceCatalogue.Parse("""
            {"providers":[{"id":"google","models":[{"id":"gemini-3-flash-preview","prices":[
            {"constraint":{"service_tier":"priority"},
            "prices":{"input_mtok":0.9,"output_mtok":5.4,"web_searches_kcount":14}}]}]}]}
            """u8);

        Assert.True(prices.TryGetCost(Without(in call), _now, out var usd));
        Assert.Equal((7 * 0.9e-6) + (21 * 5.4e-6) + (2 * 0.014), usd, 1e-12);
    }

    [Theory]
    [InlineData("ON_DEMAND", "on_demand", true)]
    [InlineData("ON_DEMAND_FLEX", "flex", false)]
    [InlineData("PROVISIONED_THROUGHPUT", "provisioned_throughput", false)]
    [InlineData("TRAFFIC_TYPE_UNSPECIFIED", null, true)]
    public async Task Tier_OfVertex_IsInTheWordsOfTheOthers(string traffic, string? tier, bool isPriced)
    {
        var call = await ReadAsync(
            "https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1/publishers/google/"
                + "models/gemini-2.5-flash:generateContent",
            Json,
            "{\"usageMetadata\":{\"promptTokenCount\":100,\"candidatesTokenCount\":10,\"totalTokenCount\":110,"
                + $"\"trafficType\":\"{traffic}\"}},\"modelVersion\":\"gemini-2.5-flash\"}}");

        Assert.Equal(tier, call.ServiceTier);
        Assert.Equal(isPriced, call.CostUsd is not null);
    }

    [Theory]
    [InlineData("paid", null)]
    [InlineData("priority", "priority")]
    public async Task Tier_InGeminisHeader_IsOneOrNothing(string told, string? tier)
    {
        var call = await ReadAsync(
            Gemini, Json, """{"usageMetadata":{"promptTokenCount":1}}""", ("x-gemini-service-tier", told));

        Assert.Equal(tier, call.ServiceTier);
    }

    [Theory]
    [InlineData("{\"num_sources_used\":4}", true)]
    [InlineData("{\"num_sources_used\":0,\"num_server_side_tools_used\":0}", false)]
    public async Task Charges_ToolsOfXAi_AreToldWhereNoCostIs(string usage, bool expected)
    {
        var call = await ReadAsync(
            "https://api.x.ai/v1/chat/completions",
            Json,
            "{\"model\":\"grok-4.3\",\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15,"
                + usage[1..] + "}");

        Assert.Equal(expected, call.HasOtherCharges);
        Assert.Equal(expected, call.CostUsd is null);
    }

    [Fact]
    public async Task Cost_DeepResearchWithoutItsCost_IsWhatItsRatesMake()
    {
        var call = await ReadAsync(
            "https://api.perplexity.ai/chat/completions",
            Json,
            """
            {"model":"sonar-deep-research","usage":{"prompt_tokens":33,"completion_tokens":7163,"total_tokens":7196,
            "citation_tokens":20016,"num_search_queries":18,"reasoning_tokens":73997}}
            """);

        // 2 in, 8 out, 3 reasoning and 2 citations per million tokens, 5 per thousand searches.
        const double expected =
            (33 * 2e-6) + (7163 * 8e-6) + (73997 * 3e-6) + (20016 * 2e-6) + (18 * 0.005);
        Assert.Equal(7163 + 73997, call.OutputTokens);
        Assert.Equal(expected, call.CostUsd!.Value, 1e-12);
    }

    [Fact]
    public async Task Error_OfTheStreamItself_IsError()
    {
        var body = BinaryFrames.Concat(
            BinaryFrames.Frame("contentBlockDelta", """{"delta":{"text":"a"}}"""),
            BinaryFrames.Frame("InternalFailure", "{}", ":error-code"));
        var call = await ReadAsync(
            "https://bedrock-runtime.us-east-1.amazonaws.com/model/m/converse-stream",
            "application/vnd.amazon.eventstream",
            body);

        Assert.Equal((LlmOutcome.Error, "InternalFailure"), (call.Outcome, call.ErrorType));
    }

    private static LlmCall Without(in LlmCall call) => new()
    {
        Provider = call.Provider,
        Operation = call.Operation,
        ResponseModel = call.ResponseModel,
        ServiceTier = call.ServiceTier,
        InputTokens = call.InputTokens,
        OutputTokens = call.OutputTokens,
        WebSearches = call.WebSearches,
        FileSearches = call.FileSearches,
        HasOtherCharges = call.HasOtherCharges,
    };
}
