using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace LlmMetrics.Tests.Http;

/// <summary>The official client with the handler in its pipeline, against a real server.</summary>
public class OpenAiClientTests
{
    private static readonly Fixture _stream = Fixture.Get("openai-chat-stream-usage");

    [Fact]
    public async Task Stream_ReadToItsEnd_OkAndSameUsage()
    {
        await using var server = await StartAsync(_stream, 100);
        using var scenario = new Scenario(new SocketsHttpHandler());
        ChatTokenUsage? usage = null;
        var text = "";
        await foreach (var update in Chat(server, scenario).CompleteChatStreamingAsync("hi"))
        {
            usage = update.Usage ?? usage;
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
        }

        Assert.Equal("Hello", text);
        var call = scenario.Log.Single;
        Assert.Equal(LlmOutcome.Ok, call.Outcome);
        Assert.Equal(usage!.InputTokenCount, call.InputTokens);
        Assert.Equal(usage.OutputTokenCount, call.OutputTokens);
        Assert.Equal(usage.InputTokenDetails.CachedTokenCount, call.CachedInputTokens);
        Assert.Equal(usage.OutputTokenDetails.ReasoningTokenCount, call.ReasoningOutputTokens);
        Assert.Equal("gpt-4o", call.RequestModel);
        Assert.Equal("gpt-4o-2024-08-06", call.ResponseModel);
        Assert.True(call.IsStreaming);
    }

    [Fact]
    public async Task Stream_BrokenOffByTheApp_Cancelled()
    {
        var gate = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(HttpVersion.Version11, async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(_stream.Bytes.AsMemory(0, _stream.Bytes.Length / 2));
            await context.Response.Body.FlushAsync();
            await gate.Task;
        });
        using var scenario = new Scenario(new SocketsHttpHandler());
        await foreach (var update in Chat(server, scenario).CompleteChatStreamingAsync("hi"))
        {
            Assert.NotNull(update);
            break;
        }

        gate.SetResult();
        Assert.Equal(LlmOutcome.Cancelled, scenario.Log.Single.Outcome);
        Assert.Equal(UsageMissingReason.Aborted, scenario.Log.Single.UsageMissing);
        Assert.Equal("gpt-4o", scenario.Log.Single.RequestModel);
    }

    [Fact]
    public async Task Completion_Whole_SameUsage()
    {
        await using var server = await StartAsync(Fixture.Get("openai-chat"), 50);
        using var scenario = new Scenario(new SocketsHttpHandler());

        var completion = (await Chat(server, scenario).CompleteChatAsync("hi")).Value;

        Assert.Equal(completion.Usage.InputTokenCount, scenario.Log.Single.InputTokens);
        Assert.Equal(completion.Usage.OutputTokenCount, scenario.Log.Single.OutputTokens);
        Assert.Equal(completion.Model, scenario.Log.Single.ResponseModel);
        Assert.False(scenario.Log.Single.IsStreaming);
    }

    [Fact]
    public async Task Embedding_Whole_SameUsage()
    {
        await using var server = await StartAsync(Fixture.Get("azure-embeddings"), 50);
        using var scenario = new Scenario(new SocketsHttpHandler());
        var client = new EmbeddingClient("emb", new ApiKeyCredential("key"), Options(server, scenario));
        using var content = BinaryContent.Create(BinaryData.FromString("""{"model":"emb","input":"x"}"""));

        var result = await client.GenerateEmbeddingsAsync(content);

        Assert.Equal(200, result.GetRawResponse().Status);
        Assert.Equal(LlmOperation.Embeddings, scenario.Log.Single.Operation);
        Assert.Equal(6, scenario.Log.Single.InputTokens);
        Assert.Null(scenario.Log.Single.OutputTokens);
    }

    [Fact]
    public async Task Completion_Refused_EachTryIsRecordedWithItsModel()
    {
        await using var server = await LoopbackServer.StartAsync(HttpVersion.Version11, context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "0";
            return Task.CompletedTask;
        });
        using var scenario = new Scenario(new SocketsHttpHandler());

        await Assert.ThrowsAsync<ClientResultException>(() => Chat(server, scenario).CompleteChatAsync("hi"));

        Assert.NotEmpty(scenario.Log.Calls);
        Assert.All(scenario.Log.Calls, call =>
        {
            Assert.True(call.IsRateLimited);
            Assert.Equal("429", call.ErrorType);
            Assert.Equal("gpt-4o", call.RequestModel);
        });
    }

    private static Task<LoopbackServer> StartAsync(Fixture fixture, int size) => LoopbackServer.StartAsync(
        HttpVersion.Version11, LoopbackServer.Writing(fixture.Bytes, ChunkPlan.Of(size), fixture.ContentType));

    private static ChatClient Chat(LoopbackServer server, Scenario scenario) =>
        new("gpt-4o", new ApiKeyCredential("key"), Options(server, scenario));

    private static OpenAIClientOptions Options(LoopbackServer server, Scenario scenario) => new()
    {
        Endpoint = new Uri(server.Address, "/v1"),
        Transport = new HttpClientPipelineTransport(scenario.Client),
    };
}
