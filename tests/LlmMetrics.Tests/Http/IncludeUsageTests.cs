using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace LlmMetrics.Tests.Http;

/// <summary>Asking for usage figures, where the app wants that and the provider accepts it.</summary>
public class IncludeUsageTests
{
    private const string Asking = """{"model":"asked","stream":true}""";
    private const string Asked = """{"model":"asked","stream":true,"stream_options":{"include_usage":true}}""";
    private const string Azure = "https://a.openai.azure.com/openai/deployments/d/chat/completions?api-version=";

    [Theory]
    [InlineData("https://api.openai.com/v1/chat/completions", true)]
    [InlineData("https://api.groq.com/openai/v1/chat/completions", true)]
    [InlineData("https://api.deepseek.com/chat/completions", true)]
    [InlineData("https://openrouter.ai/api/v1/chat/completions", true)]
    [InlineData("http://localhost:8000/v1/chat/completions", true)]
    [InlineData("http://localhost:8001/v1/chat/completions", false)]
    [InlineData("https://api.mistral.ai/v1/chat/completions", false)]
    [InlineData("https://api.x.ai/v1/chat/completions", false)]
    [InlineData("https://api.openai.com/v1/responses", false)]
    [InlineData(Azure + "2024-10-21", true)]
    [InlineData(Azure + "2024-09-01-preview", true)]
    [InlineData(Azure + "2024-06-01", false)]
    [InlineData(Azure + "latest", false)]
    [InlineData("https://a.openai.azure.com/openai/v1/chat/completions", true)]
    public async Task Send_Host_IsAskedOnlyIfItAccepts(string url, bool isAsked)
    {
        var sent = await SendAsync(new StringContent(Asking, Encoding.UTF8, "application/json"), url);

        Assert.Equal(isAsked ? Asked : Asking, sent);
    }

    [Theory]
    [InlineData("""{"model":"m","stream":false}""")]
    [InlineData("""{"model":"m"}""")]
    [InlineData("""{"messages":[{"stream":true}],"model":"m"}""")]
    [InlineData("""{"stream":true,"stream_options":{"include_usage":false}}""")]
    [InlineData("""{"stream":true,"stream_options":null}""")]
    [InlineData("""{"stream_options":{},"stream":true}""")]
    [InlineData("""{"stream":true,"stream":false}""")]
    [InlineData("""{"stream":"true"}""")]
    [InlineData("""{"stream":true""")]
    [InlineData("""{"stream":true} {}""")]
    [InlineData("""[{"stream":true}]""")]
    [InlineData("")]
    [InlineData("not json")]
    public async Task Send_BodyNotToTouch_IsSentAsItIs(string body)
    {
        Assert.Equal(body, await SendAsync(new StringContent(body, Encoding.UTF8, "application/json")));
    }

    [Theory]
    [InlineData("""{ "stream" : true , "messages" : [ { "content" : "}\"stream_options\"" } ] }""")]
    [InlineData("""{"a":{"stream_options":1},"stream":true}""")]
    public async Task Send_BodyToTouch_IsTheSameButForTheWish(string body)
    {
        var sent = await SendAsync(new StringContent(body, Encoding.UTF8, "application/json"));

        var at = body.LastIndexOf('}');
        Assert.Equal(body[..at].TrimEnd() + ",\"stream_options\":{\"include_usage\":true}" + body[at..],
            sent.Replace(" ,\"stream_options\":", ",\"stream_options\":", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_ContentNotToTouch_IsSentAsItIs()
    {
        var big = $$"""{"stream":true,"messages":"{{new string('x', 1 << 20)}}"}""";
        var zipped = new StringContent(Asking, Encoding.UTF8, "application/json");
        zipped.Headers.ContentEncoding.Add("gzip");
        HttpContent[] contents =
        [
            new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(Asking))),
            new StringContent(Asking, Encoding.UTF8, "text/plain"),
            new StringContent(Asking, Encoding.Latin1, "application/json"),
            new StringContent(big, Encoding.UTF8, "application/json"),
            JsonContent.Create(new { stream = true, messages = new string('x', 1 << 20) }),
            zipped,
        ];
        foreach (var content in contents)
        {
            Assert.DoesNotContain("stream_options", await SendAsync(content), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Send_NotOptedIn_IsSentAsItIs()
    {
        var inner = Scenario.Chat();
        using var scenario = new Scenario(inner);
        using var request = Request(new StringContent(Asking, Encoding.UTF8, "application/json"));
        using var response = await scenario.Client.SendAsync(request);

        Assert.Equal(Asking, Encoding.UTF8.GetString(inner.RequestBody));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_Rewritten_LengthIsRightAndContentRestored(bool isKnownLength)
    {
        var inner = Scenario.Chat();
        using var runtime = TestRuntime.Create(new CallLog());
        using var invoker = new HttpMessageInvoker(new LlmMetricsHandler(runtime, inner, Options()));
        using HttpContent content = isKnownLength
            ? new StringContent(Asking, Encoding.UTF8, "application/json")
            : JsonContent.Create(new { model = "asked", stream = true });
        content.Headers.Add("X-Own", "1");
        using var request = Request(content);
        for (var i = 0; i < 2; i++)
        {
            using var response = await invoker.SendAsync(request, CancellationToken.None);

            Assert.Same(content, request.Content);
            Assert.Equal(Asked, Encoding.UTF8.GetString(inner.RequestBody));
            Assert.Equal(Asked.Length, inner.SentContent!.Headers.ContentLength);
            Assert.Equal("application/json; charset=utf-8", inner.SentContent.Headers.ContentType!.ToString());
            Assert.Equal(["1"], inner.SentContent.Headers.GetValues("X-Own"));
        }

        Assert.Equal(isKnownLength ? Asking.Length : null, content.Headers.ContentLength);
    }

    [Theory]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) + 1)]
    [InlineData(900_000)]
    public async Task Send_LongBody_IsTheSameButForTheWish(int length)
    {
        const string head = "{\"stream\":true,\"messages\":[{\"content\":\"";
        var body = head + new string('é', (length - head.Length) / 2) + "\"}]}";

        var sent = await SendAsync(new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(body[..^1] + ",\"stream_options\":{\"include_usage\":true}}", sent);
    }

    [Fact]
    public async Task Send_RetriedWithinARealRetryHandler_EveryTryHasTheWish()
    {
        var bodies = new List<string>();
        var server = new TakingHandler(
            bodies, new SequenceHandler(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK));
        await using var provider = ResilientClient.Create(server, handlerFirst: true, new CallLog(), Options());
        using var client = ResilientClient.Of(provider);
        using var request = Request(new StringContent(Asking, Encoding.UTF8, "application/json"));
        using var response = await client.SendAsync(request);

        Assert.Equal([Asked, Asked], bodies);
    }

    [Fact]
    public async Task Send_RetriedWithin_WishIsThereOnce()
    {
        var log = new CallLog();
        var bodies = new List<string>();
        using var runtime = TestRuntime.Create(log);
        using var client = new HttpClient(new LlmMetricsHandler(
            runtime,
            new RetryingHandler(RetryStyle.SameRequest, new LlmMetricsHandler(
                runtime,
                new TakingHandler(bodies, new SequenceHandler(HttpStatusCode.TooManyRequests, HttpStatusCode.OK)),
                Options())),
            Options()));
        using var request = Request(new StringContent(Asking, Encoding.UTF8, "application/json"));
        using var response = await client.SendAsync(request);

        Assert.Equal([Asked, Asked], bodies);
        Assert.Equal(2, log.Single.Attempts);
        Assert.Equal("asked", log.Single.RequestModel);
    }

    [Fact]
    public void Send_Synchronously_IsAsked()
    {
        var inner = Scenario.Chat();
        using var runtime = TestRuntime.Create(new CallLog());
        using var client = new HttpClient(new LlmMetricsHandler(runtime, inner, Options()));
        using var request = Request(new StringContent(Asking, Encoding.UTF8, "application/json"));
        using var response = client.Send(request);

        Assert.Equal(Asked, Encoding.UTF8.GetString(inner.RequestBody));
    }

    private static LlmMetricsHandlerOptions Options() => new()
    {
        IncludeUsage = true,
        IncludeUsageHosts = { "localhost:8000", "api.mistral.ai" },
    };

    private static HttpRequestMessage Request(HttpContent content, string url = Scenario.ChatUrl) =>
        new(HttpMethod.Post, url) { Content = content };

    private static async Task<string> SendAsync(HttpContent content, string url = Scenario.ChatUrl)
    {
        var inner = Scenario.Chat();
        using var runtime = TestRuntime.Create(new CallLog());
        using var client = new HttpClient(new LlmMetricsHandler(runtime, inner, Options()));
        using var request = Request(content, url);
        using var response = await client.SendAsync(request);
        Assert.Same(content, request.Content);
        return Encoding.UTF8.GetString(inner.RequestBody);
    }

    private sealed class TakingHandler(List<string> bodies, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var copy = new MemoryStream();
            await request.Content!.CopyToAsync(copy, cancellationToken);
            bodies.Add(Encoding.UTF8.GetString(copy.ToArray()));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
