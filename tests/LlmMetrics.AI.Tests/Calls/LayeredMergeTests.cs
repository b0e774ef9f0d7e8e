using LlmMetrics.Llm;
using LlmMetrics.Scopes;
using Microsoft.Extensions.AI;

namespace LlmMetrics.AI.Tests.Calls;

/// <summary>Which of the calls told beneath a client are its own, and what is known of them.</summary>
public sealed class LayeredMergeTests : IDisposable
{
    private readonly Harness _harness = new();

    [Fact]
    public void Close_UsageOfTheClientOnly_HasEveryFigure()
    {
        var beneath = new LlmCall { RequestModel = "a" };
        var own = new LlmCall
        {
            InputTokens = 7, CachedInputTokens = 5, CachedInputAudioTokens = 3, CachedInputImageTokens = 2, Pages = 1,
        };
        Merge(in beneath, in own);

        var call = _harness.Single;
        Assert.Equal((7, 5, 1), (call.InputTokens, call.CachedInputTokens, call.Pages));
        Assert.Equal((3, 2), (call.CachedInputAudioTokens, call.CachedInputImageTokens));
    }

    [Fact]
    public async Task Client_MeasuredToolAsksTheSameModel_BothCount()
    {
        var inner = Client(() => Task.FromResult(Response(7, 3))).WithLlmMetrics(_harness.Metrics);
        var tool = AIFunctionFactory.Create(
            async () => (await inner.GetResponseAsync("hi")).Text, "ask").WithLlmMetrics(_harness.Metrics);
        using var chat = Client(async () =>
        {
            await tool.InvokeAsync();
            return Response(100, 50);
        }).WithLlmMetrics(_harness.Metrics);

        using (_harness.Metrics.BeginScope(feature: "search"))
        {
            await chat.GetResponseAsync("hi");
        }

        Assert.Equal([7, 100], _harness.Calls.Select(static call => call.InputTokens));
        Assert.All(_harness.Calls, static call => Assert.Equal("search", call.Feature));
    }

    [Theory]
    [InlineData("b", "b-1", null, 9L, 7L, 16)]
    [InlineData("a", "a-1", "other", 9L, 7L, 16)]
    [InlineData("a", "a-1", "gateway", 7L, 7L, 7)]
    [InlineData("b", "a-1", null, 9L, 7L, 9)]
    [InlineData("b", "b-1", "other", 9L, null, 9)]
    [InlineData("b", "b-1", "other", null, 7L, 7)]
    public void Close_ToldOfAnotherCall_BothCountIfThatIsEvident(
        string request, string response, string? server, long? told, long? known, double expected)
    {
        var beneath = new LlmCall
        {
            RequestModel = request, ResponseModel = response, ServerAddress = server, InputTokens = told,
        };
        var own = new LlmCall
        {
            RequestModel = "a", ResponseModel = "a-1", ServerAddress = "host", InputTokens = known,
        };
        Merge(in beneath, in own);

        Assert.Equal(expected, _harness.Sum("llm.tokens", ("type", "input")));
    }

    public void Dispose() => _harness.Dispose();

    private static ChatResponse Response(long input, long output) => new(new ChatMessage(ChatRole.Assistant, "x"))
    {
        FinishReason = ChatFinishReason.Stop,
        Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output },
    };

    private static FakeChatClient Client(Func<Task<ChatResponse>> answer) => new()
    {
        Metadata = new ChatClientMetadata("acme", null, "a"), Answer = answer,
    };

    /// <summary>Records a client's call beneath which another one was told.</summary>
    private void Merge(in LlmCall beneath, in LlmCall client)
    {
        var layers = new LayeredCall(_harness.Metrics, LlmOperation.Chat);
        var before = ScopeFrame.Current;
        ScopeFrame.Current = ScopeFrame.For(layers, _harness.Metrics);
        layers.Open();
        Assert.True(LayeredCall.TryEnter(_harness.Metrics, LlmOperation.Chat, out var above));
        LayeredCall.Record(_harness.Metrics, above, in LlmCall.Data(in beneath), started: 0);
        above!.Leave();
        ScopeFrame.Current = before;
        var own = LlmCall.Data(in client);
        Assert.True(layers.Close(ref own, started: 0));
        layers.Complete(in own);
    }
}
