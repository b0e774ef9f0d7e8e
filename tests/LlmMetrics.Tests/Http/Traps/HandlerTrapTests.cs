using System.Net;
using System.Text;
using static LlmMetrics.Tests.Http.Traps.Exchange;

namespace LlmMetrics.Tests.Http.Traps;

/// <summary>What a handler in the way of a request can break, or miss.</summary>
public class HandlerTrapTests
{
    private const string Answer =
        """{"model":"m","usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}""";

    [Fact]
    [Trait(TrapNames.Trait, TrapNames.Buffering)]
    public async Task Stream_FirstEvent_IsSeenWhileTheRestIsStillToCome()
    {
        using var inner = new EndlessHandler();
        using var scenario = new Scenario(inner);
        using var response = await scenario.SendAsync();
        var stream = await response.Content.ReadAsStreamAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(
            EndlessHandler.First.Length,
            await stream.ReadAsync(new byte[1000]).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Empty(scenario.Log.Calls);
        await stream.DisposeAsync();
        response.Dispose();
        Assert.Equal(LlmOutcome.Cancelled, scenario.Log.Single.Outcome);
    }

    [Theory]
    [Trait(TrapNames.Trait, TrapNames.BufferedByClient)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_BufferedByTheClient_IsRead(bool isAsync)
    {
        using var inner = new ScriptedHandler(Encoding.UTF8.GetBytes(Answer), ChunkPlan.Of(5), Json);
        using var scenario = new Scenario(inner);
        using var request = Scenario.Request();
        using var response = isAsync
            ? await scenario.Client.SendAsync(request, HttpCompletionOption.ResponseContentRead)
            : scenario.Client.Send(request, HttpCompletionOption.ResponseContentRead);

        Assert.Equal((3, 4), (scenario.Log.Single.InputTokens, scenario.Log.Single.OutputTokens));
        Assert.Equal(Answer, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [Trait(TrapNames.Trait, TrapNames.Position)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Retries_OutsideOrInside_AreTriesOrCalls(bool isOutside)
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        var server = new SequenceHandler(HttpStatusCode.TooManyRequests, HttpStatusCode.OK);
        using var client = new HttpClient(isOutside
            ? new LlmMetricsHandler(
                runtime, new RetryingHandler(RetryStyle.CopyWithOptions, new LlmMetricsHandler(runtime, server)))
            : new RetryingHandler(RetryStyle.SameRequest, new LlmMetricsHandler(runtime, server)));
        using var request = Scenario.Request();
        using var response = await client.SendAsync(request);

        Assert.Equal(isOutside ? [2] : [1, 1], log.Calls.Select(call => call.Attempts));
    }

    [Theory]
    [Trait(TrapNames.Trait, TrapNames.StreamOptions)]
    [InlineData("https://api.openai.com/v1/chat/completions", "{\"stream\":true}", true)]
    [InlineData("https://api.mistral.ai/v1/chat/completions", "{\"stream\":true}", false)]
    [InlineData("https://llm.example.com/v1/chat/completions", "{\"stream\":true}", false)]
    [InlineData("https://api.openai.com/v1/chat/completions", "{\"stream\":false}", false)]
    [InlineData("https://api.openai.com/v1/chat/completions", "{\"stream\":true,\"stream_options\":{}}", false)]
    public async Task Request_OfAStream_IsAskedForUsageOnlyWhereThatIsTaken(string url, string body, bool isAsked)
    {
        using var inner = new ScriptedHandler(Encoding.UTF8.GetBytes(Answer), ChunkPlan.Whole, Json);
        using var runtime = TestRuntime.Create(new CallLog());
        var options = new LlmMetricsHandlerOptions { IncludeUsage = true };
        using var client = new HttpClient(new LlmMetricsHandler(runtime, inner, options));
        using var content = new StringContent(body, Encoding.UTF8, Json);
        using var response = await client.PostAsync(new Uri(url), content);

        var expected = isAsked ? body[..^1] + ",\"stream_options\":{\"include_usage\":true}}" : body;
        Assert.Equal(expected, Encoding.UTF8.GetString(inner.RequestBody));
    }

    [Theory]
    [Trait(TrapNames.Trait, TrapNames.NoAnswer)]
    [InlineData("<html>\"usage\":{\"prompt_tokens\":1}</html>", "text/html", 200, UsageMissingReason.Unparsed)]
    [InlineData("data and more, not an event", "text/plain", 200, UsageMissingReason.Unparsed)]
    [InlineData("upstream \"usage\"", "text/plain", 502, UsageMissingReason.None)]
    [InlineData("", "application/json", 204, UsageMissingReason.NotReported)]
    public async Task Answer_WithoutJson_IsUnknownNeverZero(
        string body, string type, int status, UsageMissingReason missing)
    {
        using var inner = new ScriptedHandler(Encoding.UTF8.GetBytes(body), ChunkPlan.Of(3), type)
        {
            Status = (HttpStatusCode)status,
        };
        using var scenario = new Scenario(inner);
        using var response = await scenario.SendAsync();

        Assert.Equal(body, await response.Content.ReadAsStringAsync());
        var call = scenario.Log.Single;
        Assert.Equal((null, null, missing), (call.InputTokens, call.OutputTokens, call.UsageMissing));
        Assert.Equal(status >= 400 ? LlmOutcome.Error : LlmOutcome.Ok, call.Outcome);
    }

    [Fact]
    [Trait(TrapNames.Trait, TrapNames.NoAnswer)]
    public async Task Answer_WithoutABodyDisposedUnread_IsNotCancelled()
    {
        using var inner = new ScriptedHandler([], ChunkPlan.Of(3), Json) { Status = HttpStatusCode.NoContent };
        using var scenario = new Scenario(inner);
        (await scenario.SendAsync()).Dispose();

        Assert.Equal(LlmOutcome.Ok, scenario.Log.Single.Outcome);
    }

    [Fact]
    [Trait(TrapNames.Trait, TrapNames.NoAnswer)]
    public async Task Answer_DisposedUnread_IsCountedOnceAndNotRead()
    {
        using var inner = new ScriptedHandler(Encoding.UTF8.GetBytes(Answer), ChunkPlan.Of(3), Json);
        using var scenario = new Scenario(inner);
        (await scenario.SendAsync()).Dispose();

        Assert.Equal(LlmOutcome.Cancelled, scenario.Log.Single.Outcome);
        Assert.Equal(["dispose"], inner.Stream!.Calls);
    }

    [Fact]
    [Trait(TrapNames.Trait, TrapNames.Layers)]
    public async Task Handlers_TwoInOnePipeline_CountOnce()
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        using var inner = new ScriptedHandler(Encoding.UTF8.GetBytes(Answer), ChunkPlan.Whole, Json);
        using var client = new HttpClient(new LlmMetricsHandler(runtime, new LlmMetricsHandler(runtime, inner)));
        using var request = Scenario.Request();
        using var response = await client.SendAsync(request);

        Assert.Equal(3, log.Single.InputTokens);
    }

    /// <summary>One event, and then nothing for ever.</summary>
    private sealed class EndlessHandler : HttpMessageHandler
    {
        public static readonly byte[] First = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n"u8.ToArray();

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(System.IO.Stream.Null, cancellationToken);
            var content = new StreamContent(new EndlessStream());
            content.Headers.TryAddWithoutValidation("Content-Type", Events);
            return new HttpResponseMessage { Content = content, RequestMessage = request };
        }
    }

    private sealed class EndlessStream : MemoryStream
    {
        private bool _isRead;

        /// <summary>Otherwise its length of zero would be told as that of the answer.</summary>
        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_isRead)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            _isRead = true;
            EndlessHandler.First.CopyTo(buffer);
            return EndlessHandler.First.Length;
        }
    }
}
