using System.Text;
using LlmMetrics.Tests.Http;

namespace LlmMetrics.Tests.Llm;

/// <summary>Estimates for calls that tell no tokens: only if asked for, and apart from what providers count.</summary>
public class TokenEstimationTests
{
    private const string Events = "text/event-stream";

    /// <summary>24 bytes of text and names of members in the messages.</summary>
    private const string Request =
        """{"model":"asked","stream":true,"messages":[{"role":"user","content":"Hello you"}]}""";

    private const string Answer = """
        data: {"id":"c","model":"gpt-4o","choices":[{"delta":{"role":"assistant","content":"Hé "}}]}

        data: {"id":"c","model":"gpt-4o","choices":[{"delta":{"content":"lo\n"}}]}

        data: {"id":"c","model":"gpt-4o","choices":[{"delta":{"tool_calls":[{"function":{"arguments":"{}"}}]}}]}

        data: {"id":"c","model":"gpt-4o","choices":[{"delta":{},"finish_reason":"stop"}]}

        data: [DONE]


        """;

    [Fact]
    public async Task Stream_WithoutUsage_IsEstimatedByWhatPassed()
    {
        foreach (var plan in ChunkPlan.All)
        {
            var passed = new List<PassedText>();
            var log = new CallLog();
            using var runtime = Create(log, new Recording(passed));
            await SendAsync(runtime, Request, Answer, plan);

            // role, user, content, Hello you: 4 + 4 + 7 + 9. "Hé " has 4 bytes, "lo" and the line feed 3,
            // "arguments" and its text 11.
            Assert.Equal(
                [(true, 24, 24), (false, 17, 18)],
                passed.Select(text => (text.IsInput, text.Characters, text.Bytes)));
            Assert.Equal("gpt-4o", passed[0].Model);
            Assert.Equal((24, 18), (log.Single.InputTokens, log.Single.OutputTokens));
            Assert.Equal(UsageSource.Estimated, log.Single.UsageSource);
            Assert.Equal(UsageMissingReason.NotReported, log.Single.UsageMissing);
        }
    }

    [Fact]
    public async Task Stream_BrokenOffWithinAnEvent_IsEstimatedUpToThere()
    {
        var log = new CallLog();
        using var runtime = Create(log, new Recording([]));
        var second = Answer.IndexOf("lo\\n", StringComparison.Ordinal);
        using var inner = new ScriptedHandler(Encoding.UTF8.GetBytes(Answer), ChunkPlan.Of(second), Events);
        using var client = new HttpClient(new LlmMetricsHandler(runtime, inner));
        using var request = Scenario.Request();
        request.Content = new StringContent(Request, Encoding.UTF8, "application/json");
        using (var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[second]);
        }

        Assert.Equal((LlmOutcome.Cancelled, UsageMissingReason.Aborted), (log.Single.Outcome, log.Single.UsageMissing));
        Assert.Equal((24, 4, UsageSource.Estimated),
            (log.Single.InputTokens, log.Single.OutputTokens, log.Single.UsageSource));
    }

    [Fact]
    public async Task Metrics_OfEstimates_AreSeriesOfTheirOwn()
    {
        using var runtime = Create(new CallLog(), new Recording([]));
        await SendAsync(runtime, Request, Answer, ChunkPlan.Whole);
        using var snapshot = runtime.GetSnapshot();

        Assert.Equal(24, snapshot.Sum("llm.tokens.estimated", ("type", "input")));
        Assert.Equal(18, snapshot.Sum("llm.tokens.estimated", ("type", "output")));
        Assert.Equal(double.NaN, snapshot.Sum("llm.tokens"));
        Assert.Equal(double.NaN, snapshot.Sum("gen_ai.client.token.usage"));
        Assert.Equal(1, snapshot.Sum("llm.usage.missing", ("reason", "not_reported")));

        // 2.5 and 10 dollars per million tokens.
        Assert.Equal(((24 * 2.5) + (18 * 10)) / 1e6, snapshot.Sum("llm.cost.usd", ("source", "estimated")), 12);
        Assert.Equal(double.NaN, snapshot.Sum("llm.cost.usd", ("source", "catalogue")));
    }

    [Fact]
    public async Task Stream_WithUsage_IsNotEstimated()
    {
        var log = new CallLog();
        var passed = new List<PassedText>();
        using var runtime = Create(log, new Recording(passed));
        await SendAsync(runtime, Request, Fixture.Get("openai-chat-stream-usage").Body, ChunkPlan.Whole);
        using var snapshot = runtime.GetSnapshot();

        Assert.Empty(passed);
        Assert.Equal((19, UsageSource.Provider), (log.Single.InputTokens, log.Single.UsageSource));
        Assert.Equal(double.NaN, snapshot.Sum("llm.tokens.estimated"));
    }

    [Fact]
    public async Task Stream_NotAskedForEstimates_HasNone()
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        await SendAsync(runtime, Request, Answer, ChunkPlan.Whole);

        Assert.Equal((null, UsageSource.None), (log.Single.InputTokens, log.Single.UsageSource));
    }

    [Theory]
    [InlineData("<html>no answer</html>", "text/html")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}\n\ndata: [DONE]\n\n", Events)]
    public async Task Answer_ThatCannotBeRead_IsNotEstimated(string body, string type)
    {
        var log = new CallLog();
        using var runtime = Create(log, new Recording([]));
        await SendAsync(runtime, Request, body, ChunkPlan.Whole, type);

        Assert.Equal((null, UsageSource.None), (log.Single.OutputTokens, log.Single.UsageSource));
        Assert.Equal(UsageMissingReason.Unparsed, log.Single.UsageMissing);
    }

    [Fact]
    public async Task Request_WithAnImage_CountsItsWordsOnly()
    {
        var passed = new List<PassedText>();
        using var runtime = Create(new CallLog(), new Recording(passed));
        var image = "data:image/png;base64," + new string('A', 100_000);
        var request =
            "{\"model\":\"asked\",\"messages\":[{\"content\":[{\"url\":\"" + image + "\"},{\"text\":\"Look\"}]}]}";
        await SendAsync(runtime, request, Answer, ChunkPlan.Whole);

        Assert.Equal("content".Length + "url".Length + "text".Length + "Look".Length, passed[0].Bytes);
    }

    [Fact]
    public async Task Estimator_Throws_CallIsRecordedWithout()
    {
        var log = new CallLog();
        using var runtime = Create(log, new Throwing());
        await SendAsync(runtime, Request, Answer, ChunkPlan.Whole);
        using var snapshot = runtime.GetSnapshot();

        Assert.Equal((null, UsageSource.None), (log.Single.InputTokens, log.Single.UsageSource));
        Assert.Equal(1, snapshot.Sum("llmmetrics.dropped", ("reason", "token_estimator")));
    }

    [Fact]
    public async Task Default_FourBytesPerToken_RoundedUp()
    {
        var log = new CallLog();
        using var runtime = RuntimeBuilder.Create(build: builder =>
        {
            builder.AddTokenEstimation();
            Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<ILlmCallObserver>(
                builder.Services, log);
        });
        await SendAsync(runtime, Request, Answer, ChunkPlan.Whole);

        Assert.Equal((6, 5), (log.Single.InputTokens, log.Single.OutputTokens));
    }

    [Theory]
    [InlineData("anthropic-stream-overloaded", "messages")]
    [InlineData("ollama-generate-cut", "prompt")]
    [InlineData("cohere-chat-stream-cut", "messages")]
    [InlineData("gemini-blocked", "contents")]
    [InlineData("bedrock-converse-stream-cut", "messages")]
    public async Task Providers_MissingUsage_HaveTextsToGoBy(string fixture, string member)
    {
        var passed = new List<PassedText>();
        using var runtime = Create(new CallLog(), new Recording(passed));
        var request = "{\"model\":\"asked\",\"" + member + "\":\"Hello\"}";
        await SendAsync(runtime, request, Fixture.Get(fixture).Bytes, Fixture.Get(fixture));

        Assert.True(passed.Count is 0 or 2);
        Assert.All(passed.Where(text => text.IsInput), text => Assert.Equal(5, text.Bytes));
    }

    private static LlmMetricsRuntime Create(CallLog log, ITokenEstimator estimator) => RuntimeBuilder.Create(
        build: builder =>
        {
            builder.AddTokenEstimation(estimator);
            Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<ILlmCallObserver>(
                builder.Services, log);
        });

    private static Task SendAsync(
        LlmMetricsRuntime runtime, string request, string answer, ChunkPlan plan, string type = Events) =>
        SendAsync(runtime, request, new ScriptedHandler(Encoding.UTF8.GetBytes(answer), plan, type), Scenario.ChatUrl);

    private static Task SendAsync(LlmMetricsRuntime runtime, string request, byte[] answer, Fixture fixture) =>
        SendAsync(
            runtime,
            request,
            new ScriptedHandler(answer, ChunkPlan.Of(13), fixture.ContentType),
            fixture.Url.OriginalString);

    private static async Task SendAsync(LlmMetricsRuntime runtime, string request, ScriptedHandler inner, string url)
    {
        using var client = new HttpClient(new LlmMetricsHandler(runtime, inner));
        using var content = new StringContent(request, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri(url), content);
        await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>A token per byte, and keeps what it was asked.</summary>
    private sealed class Recording(List<PassedText> passed) : ITokenEstimator
    {
        public long? Estimate(in PassedText text)
        {
            passed.Add(text);
            return text.Bytes;
        }
    }

    private sealed class Throwing : ITokenEstimator
    {
        public long? Estimate(in PassedText text) => throw new InvalidOperationException("No idea.");
    }
}
