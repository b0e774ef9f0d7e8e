using System.Net.Http.Json;
using System.Text;

namespace LlmMetrics.Tests.Http;

/// <summary>The request reaches the server as the app made it, and comes back to the app as it was.</summary>
public class RequestTests
{
    [Fact]
    public async Task Send_Content_SameBytesAndRestored()
    {
        var inner = Scenario.Chat();
        using var scenario = new Scenario(inner);
        using var request = new HttpRequestMessage(HttpMethod.Post, Scenario.ChatUrl)
        {
            Content = JsonContent.Create(new { messages = new string('x', 100_000), model = "far", stream = true }),
        };
        var content = request.Content;
        var sent = await content.ReadAsByteArrayAsync();

        using var response = await scenario.Client.SendAsync(request);

        Assert.Same(content, request.Content);
        Assert.Equal(sent, inner.RequestBody);
        Assert.Same(request, response.RequestMessage);
        Assert.Null(scenario.Log.Single.RequestModel);
    }

    [Theory]
    [InlineData("""{"model":"gpt-4o","stream":true}""", "gpt-4o")]
    [InlineData("""{"messages":[{"content":"\"model\":\"fake\""}],"tools":{"model":"fake"},"model":"m"}""", "m")]
    [InlineData("""{ "stream" : false , "model" : "gpt\u002d4o\/x" }""", "gpt-4o/x")]
    [InlineData("""{"model":"gpt""", null)]
    [InlineData("""{"model":null}""", null)]
    [InlineData("""{"model":7}""", null)]
    [InlineData("not json", null)]
    [InlineData("", null)]
    public async Task Send_Model_IsReadFromItsPlaceOnly(string body, string? model)
    {
        using var scenario = new Scenario(Scenario.Chat());
        using var request = new HttpRequestMessage(HttpMethod.Post, Scenario.ChatUrl)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using var response = await scenario.Client.SendAsync(request);

        Assert.Equal(model, scenario.Log.Single.RequestModel);
    }

    [Fact]
    public async Task Send_StreamingUpload_IsNotReadAheadOrTwice()
    {
        var source = new ScriptedStream(
            Encoding.UTF8.GetBytes("""{"model":"m","input":"abc"}"""), ChunkPlan.Of(3), null);
        var inner = Scenario.Chat();
        using var scenario = new Scenario(inner);
        using var request = new HttpRequestMessage(HttpMethod.Post, Scenario.ChatUrl)
        {
            Content = new StreamContent(source),
        };
        using var response = await scenario.Client.SendAsync(request);

        Assert.Equal("""{"model":"m","input":"abc"}""", Encoding.UTF8.GetString(inner.RequestBody));
        Assert.Equal(10, source.Calls.Count(call => call != "dispose"));
        Assert.Equal("m", scenario.Log.Single.RequestModel);
    }

    [Fact]
    public async Task Send_ContentLength_IsAsWithoutTheHandler()
    {
        var inner = Scenario.Chat();
        using var scenario = new Scenario(inner);
        using var request = Scenario.Request();
        using var response = await scenario.Client.SendAsync(request);

        Assert.Equal(request.Content!.Headers.ContentLength, inner.SentContent!.Headers.ContentLength);
        Assert.Equal(inner.RequestBody.Length, inner.SentContent.Headers.ContentLength);
        Assert.Equal("application/json; charset=utf-8", inner.SentContent.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData("https://api.openai.com/v1/models", "POST")]
    [InlineData("https://api.openai.com/v1/chat/completions", "GET")]
    [InlineData("https://forms.example.com/surveys/7/responses", "POST")]
    [InlineData("https://example.com/", "POST")]
    public async Task Send_NotAModelCall_PassesUntouched(string url, string method)
    {
        var inner = Scenario.Chat();
        using var scenario = new Scenario(inner);
        using var content = new StringContent("{}");
        using var request = new HttpRequestMessage(new HttpMethod(method), url) { Content = content };
        using var response = await scenario.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Same(content, inner.SentContent);
        Assert.IsType<ScriptedContent>(response.Content);
        Assert.Empty(scenario.Log.Calls);
    }

    [Fact]
    public async Task Send_TwoHandlers_CountOnce()
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        using var client = new HttpClient(
            new LlmMetricsHandler(runtime, new LlmMetricsHandler(runtime, Scenario.Chat())));
        using var request = Scenario.Request();
        using var response = await client.SendAsync(request);

        Assert.Equal("asked", log.Single.RequestModel);
    }

    [Fact]
    public async Task Send_SameRequestAgain_CountsEachTry()
    {
        using var runtime = TestRuntime.Create(new CallLog());
        var log = new CallLog();
        using var invoker = new HttpMessageInvoker(new LlmMetricsHandler(TestRuntime.Create(log), Scenario.Chat()));
        using var request = Scenario.Request();
        for (var i = 0; i < 3; i++)
        {
            using var response = await invoker.SendAsync(request, CancellationToken.None);
            await response.Content.LoadIntoBufferAsync();
        }

        Assert.Equal(["asked", "asked", "asked"], log.Calls.Select(call => call.RequestModel));
    }

    [Fact]
    public void Send_Synchronously_Records()
    {
        using var scenario = new Scenario(Scenario.Chat());
        using var request = Scenario.Request();
        using var response = scenario.Client.Send(request);
        using var reader = new StreamReader(response.Content.ReadAsStream());

        Assert.Equal(Fixture.Get("openai-chat-stream-usage").Body, reader.ReadToEnd());
        Assert.Equal(19, scenario.Log.Single.InputTokens);
    }

    [Fact]
    public async Task Send_AzureDeployment_IsTheModelIfTheBodyNamesNone()
    {
        using var scenario = new Scenario(Scenario.Chat());
        using var request = new HttpRequestMessage(
            HttpMethod.Post, "https://acme.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=1")
        {
            Content = new StringContent("{}"),
        };
        using var response = await scenario.Client.SendAsync(request);

        Assert.Equal("my gpt", scenario.Log.Single.RequestModel);
        Assert.Equal("azure.ai.openai", scenario.Log.Single.Provider);
        Assert.Equal("acme.openai.azure.com", scenario.Log.Single.ServerAddress);
        Assert.Equal(443, scenario.Log.Single.ServerPort);
    }

    [Fact]
    public async Task Send_NullRequest_ThrowsAsWithoutTheHandler()
    {
        using var invoker = new HttpMessageInvoker(
            new LlmMetricsHandler(TestRuntime.Create(new CallLog()), Scenario.Chat()));

        await Assert.ThrowsAsync<ArgumentNullException>(() => invoker.SendAsync(null!, CancellationToken.None));
    }
}
