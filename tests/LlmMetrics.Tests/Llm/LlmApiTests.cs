using System.Text;
using LlmMetrics.Tests.Http;

namespace LlmMetrics.Tests.Llm;

/// <summary>The providers that an app describes itself; the example is the one in docs/providers.md.</summary>
public class LlmApiTests
{
    private const string Answer =
        """{"result":{"engine":"acme-2","usage":{"in":12,"out":30,"thought":4,"cached":8}},"price":{"usd":0.002}}""";

    [Fact]
    public async Task Handler_ApiOfItsOwn_ReadsWhatIsDescribed()
    {
        var options = Example();

        var call = await SendAsync(options, "https://llm.acme.com/v2/generate", "application/json", Answer);

        Assert.Equal("acme", call.Provider);
        Assert.Equal("acme-2", call.ResponseModel);
        Assert.Equal("acme-latest", call.RequestModel);
        Assert.Equal(20, call.InputTokens);
        Assert.Equal(8, call.CachedInputTokens);
        Assert.Equal(30, call.OutputTokens);
        Assert.Equal(4, call.ReasoningOutputTokens);
        Assert.Equal(0.002, call.CostUsd);
        Assert.Equal(LlmOutcome.Ok, call.Outcome);
    }

    [Fact]
    public async Task Handler_ApiOfItsOwnStreamed_LastFiguresCount()
    {
        const string body = """
            data: {"result":{"engine":"acme-2","text":"in"}}

            data: {"result":{"usage":{"in":12,"out":1}}}

            data: {"result":{"usage":{"in":null,"out":30}}}


            """;

        var call = await SendAsync(Example(), "https://llm.acme.com/v2/generate", "text/event-stream", body);

        Assert.True(call.IsStreaming);
        Assert.Equal((12, 30), (call.InputTokens, call.OutputTokens));
        Assert.Equal(LlmOutcome.Ok, call.Outcome);
    }

    [Fact]
    public async Task Handler_ApiOfItsOwnWithError_IsError()
    {
        const string body = """{"failure":{"kind":"too_busy"}}""";

        var call = await SendAsync(Example(), "https://llm.acme.com/v2/generate", "application/json", body);

        Assert.Equal((LlmOutcome.Error, "too_busy"), (call.Outcome, call.ErrorType));
    }

    [Fact]
    public async Task Handler_ApiThatSpeaksLikeAnother_ReadsItsShape()
    {
        var options = new LlmMetricsHandlerOptions
        {
            Apis = { new LlmApi("gateway", "/claude") { SpeaksLike = "/v1/messages" } },
        };

        var call = await SendAsync(
            options, "http://any/claude", "application/json", Fixture.Get("anthropic-messages").Body);

        Assert.Equal("gateway", call.Provider);
        Assert.Equal(2125, call.InputTokens);
    }

    [Fact]
    public async Task Handler_OtherHost_PassesUntouched()
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        using var inner = new ScriptedHandler(Encoding.UTF8.GetBytes(Answer), ChunkPlan.Of(7), "application/json");
        using var client = new HttpClient(new LlmMetricsHandler(runtime, inner, Example()));
        using var response = await client.PostAsync(new Uri("https://other.com/v2/generate"), new StringContent("{}"));

        Assert.Equal(Answer, await response.Content.ReadAsStringAsync());
        Assert.Empty(log.Calls);
    }

    [Theory]
    [InlineData("usage..in", FactValue.InputTokens)]
    [InlineData("", FactValue.InputTokens)]
    [InlineData("a.b.c.d.e.f.g.h.i", FactValue.InputTokens)]
    [InlineData("usage.in", FactValue.Duration)]
    public void Constructor_PlaceOrFigureThatCannotBe_Throws(string place, FactValue value)
    {
        using var runtime = TestRuntime.Create(new CallLog());
        var options = new LlmMetricsHandlerOptions
        {
            Apis = { new LlmApi("acme", "/v2/generate") { Figures = { [place] = value } } },
        };

        Assert.Throws<ArgumentException>(() => new LlmMetricsHandler(runtime, options));
    }

    [Theory]
    [InlineData(false, 30)]
    [InlineData(true, 34)]
    public async Task Handler_ReasoningBesideOutput_IsAddedToIt(bool isBeside, long output)
    {
        var options = new LlmMetricsHandlerOptions();
        options.Apis.Add(new LlmApi("acme", "/v2/generate")
        {
            IsReasoningBesideOutput = isBeside,
            Figures =
            {
                ["result.usage.in"] = FactValue.InputTokens,
                ["result.usage.out"] = FactValue.OutputTokens,
                ["result.usage.thought"] = FactValue.ReasoningOutputTokens,
            },
        });

        var call = await SendAsync(options, "https://llm.acme.com/v2/generate", "application/json", Answer);

        Assert.Equal((output, 4), (call.OutputTokens, call.ReasoningOutputTokens));
    }

    private static LlmMetricsHandlerOptions Example()
    {
        var options = new LlmMetricsHandlerOptions();
        // snippet:api
        options.Apis.Add(new LlmApi("acme", "/v2/generate")
        {
            Host = "llm.acme.com",
            ResponseModel = "result.engine",
            ErrorType = "failure.kind",
            IsCachedBesideInput = true,
            Figures =
            {
                ["result.usage.in"] = FactValue.InputTokens,
                ["result.usage.out"] = FactValue.OutputTokens,
                ["result.usage.cached"] = FactValue.CachedInputTokens,
                ["result.usage.thought"] = FactValue.ReasoningOutputTokens,
                ["price.usd"] = FactValue.CostUsd,
            },
        });
        // end-snippet
        return options;
    }

    private static async Task<LlmCall> SendAsync(
        LlmMetricsHandlerOptions options, string url, string type, string body)
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        using var inner = new ScriptedHandler(Encoding.UTF8.GetBytes(body), ChunkPlan.Of(7), type);
        using var client = new HttpClient(new LlmMetricsHandler(runtime, inner, options));
        using var content = new StringContent("""{"prompt":"x","model":"acme-latest"}""");
        using var response = await client.PostAsync(new Uri(url), content);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
        return log.Single;
    }
}
