using System.Runtime.CompilerServices;
using LlmMetrics.Llm;
using LlmMetrics.Scopes;
using Microsoft.Extensions.AI;

namespace LlmMetrics.AI.Tests.Calls;

/// <summary>What becomes of the calls that are told beneath a measured client.</summary>
public sealed class LayeredCallTests : IDisposable
{
    private readonly Harness _harness = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Clients_Stacked_AreOneCall(bool isStream)
    {
        _harness.Listen();
        using var chat = Provider("a", 7, 3).WithLlmMetrics(_harness.Metrics).WithLlmMetrics(_harness.Metrics);

        await AskAsync(chat, isStream);

        Assert.Equal((7, 3), (_harness.Single.InputTokens, _harness.Single.OutputTokens));
        Assert.Single(_harness.Spans);
        Assert.Equal(1, _harness.Sum("llm.calls"));
        Assert.Equal(0, _harness.Sum("llm.calls.active"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_CallsTheModelAgainAfterATool_EachCallCounts(bool isStream)
    {
        var inner = Provider("a", 7, 3).WithLlmMetrics(_harness.Metrics);
        using var chat = new Repeating(inner, times: 3).WithLlmMetrics(_harness.Metrics);

        await AskAsync(chat, isStream);

        Assert.Equal(3, _harness.Calls.Count);
        Assert.All(_harness.Calls, static call => Assert.Equal((7, 3), (call.InputTokens, call.OutputTokens)));
        Assert.Equal(21, _harness.Sum("llm.tokens", ("type", "input")));
    }

    [Fact]
    public async Task Client_CallsTheModelAgainUnmeasured_IsOneCallWithTheSum()
    {
        using var chat = new Repeating(Provider("a", 7, 3), times: 3).WithLlmMetrics(_harness.Metrics);

        await AskAsync(chat, isStream: true);

        Assert.Equal((21, 9), (_harness.Single.InputTokens, _harness.Single.OutputTokens));
    }

    [Fact]
    public async Task Client_FallsBackToAnotherModel_BothCount()
    {
        using var chat = new Fallback(Failing("a").WithLlmMetrics(_harness.Metrics),
            Provider("b", 7, 3).WithLlmMetrics(_harness.Metrics)).WithLlmMetrics(_harness.Metrics);

        await AskAsync(chat, isStream: false);

        Assert.Equal(
            [("a", LlmOutcome.Error), ("b", LlmOutcome.Ok)],
            _harness.Calls.Select(static call => (call.RequestModel, call.Outcome)));
    }

    [Fact]
    public async Task Client_FallsBackToAnUnmeasuredOne_BothCount()
    {
        using var chat = new Fallback(Failing("a").WithLlmMetrics(_harness.Metrics), Provider("b", 7, 3))
            .WithLlmMetrics(_harness.Metrics);

        await AskAsync(chat, isStream: false);

        Assert.Equal(2, _harness.Calls.Count);
        Assert.Equal([null, 7], _harness.Calls.Select(static call => call.InputTokens));
        Assert.Equal([LlmOutcome.Error, LlmOutcome.Ok], _harness.Calls.Select(static call => call.Outcome));
    }

    [Fact]
    public async Task Client_EmbedsOnTheWay_IsACallOfItsOwn()
    {
        var embed = new FakeGenerator(4).WithLlmMetrics(_harness.Metrics);
        using var chat = new Preparing(Provider("a", 7, 3).WithLlmMetrics(_harness.Metrics), () =>
            embed.GenerateAsync(["x"])).WithLlmMetrics(_harness.Metrics);

        await AskAsync(chat, isStream: false);

        Assert.Equal(
            [(LlmOperation.Embeddings, 4), (LlmOperation.Chat, 7)],
            _harness.Calls.Select(static call => (call.Operation, call.InputTokens)));
    }

    [Fact]
    public async Task Client_AgentInside_IsAttributedToIt()
    {
        var inner = Provider("a", 7, 3).WithLlmMetrics(_harness.Metrics);
        using var chat = new Preparing(new FakeChatClient(), () => _harness.Metrics.MeasureAgentAsync(
            "inner", token => inner.GetResponseAsync("hi", cancellationToken: token))).WithLlmMetrics(_harness.Metrics);

        await _harness.Metrics.MeasureAgentAsync(
            "outer", token => chat.GetResponseAsync("hi", cancellationToken: token));

        Assert.Equal("inner", _harness.Single.Agent);
        Assert.Equal(7, _harness.Single.InputTokens);
    }

    [Fact]
    public async Task Client_FailsAfterItsAnswer_IsAnErrorWithTheUsage()
    {
        var inner = Provider("a", 7, 3).WithLlmMetrics(_harness.Metrics);
        using var chat = new FakeChatClient
        {
            Answer = async () =>
            {
                await inner.GetResponseAsync("hi");
                throw new FormatException();
            },
        }.WithLlmMetrics(_harness.Metrics);

        await Assert.ThrowsAsync<FormatException>(() => chat.GetResponseAsync("hi"));

        Assert.Equal(("System.FormatException", 7), (_harness.Single.ErrorType, _harness.Single.InputTokens));
        Assert.Equal(LlmOutcome.Error, _harness.Single.Outcome);
    }

    [Fact]
    public async Task Client_EndsBeforeWhatIsBeneath_IsRecordedWhenThatEnds()
    {
        var answer = new TaskCompletionSource<ChatResponse>();
        var inner = new FakeChatClient { Answer = () => answer.Task }.WithLlmMetrics(_harness.Metrics);
        Task<ChatResponse>? beneath = null;
        using var chat = new FakeChatClient
        {
            Answer = () =>
            {
                beneath = inner.GetResponseAsync("hi");
                return Task.FromResult(new ChatResponse());
            },
        }.WithLlmMetrics(_harness.Metrics);

        using (_harness.Metrics.BeginScope(feature: "search"))
        {
            await chat.GetResponseAsync("hi");
        }

        Assert.Empty(_harness.Calls);
        answer.SetResult(Response(7, 3));
        await beneath!;

        Assert.Equal((7, "search"), (_harness.Single.InputTokens, _harness.Single.Feature));
    }

    [Fact]
    public async Task Client_StartsWorkThatOutlivesIt_ThatCountsOnItsOwn()
    {
        var go = new TaskCompletionSource();
        var inner = Provider("a", 7, 3).WithLlmMetrics(_harness.Metrics);
        Task? later = null;
        using var chat = new FakeChatClient
        {
            Answer = () =>
            {
                later = Task.Run(async () =>
                {
                    await go.Task;
                    await inner.GetResponseAsync("hi");
                });
                return Task.FromResult(Response(1, 1));
            },
        }.WithLlmMetrics(_harness.Metrics);

        await chat.GetResponseAsync("hi");
        Assert.Equal(1, _harness.Single.InputTokens);
        go.SetResult();
        await later!;

        Assert.Equal([1, 7], _harness.Calls.Select(static call => call.InputTokens));
    }

    [Fact]
    public async Task Client_OfAnotherRuntime_IsCountedInBoth()
    {
        using var other = new Harness();
        using var chat = Provider("a", 7, 3).WithLlmMetrics(other.Metrics).WithLlmMetrics(_harness.Metrics);

        await AskAsync(chat, isStream: false);

        Assert.Equal((7, 7), (_harness.Single.InputTokens, other.Single.InputTokens));
    }

    [Fact]
    public async Task Client_ManyAtOnceBeneath_AllCount()
    {
        var inner = Provider("a", 7, 3).WithLlmMetrics(_harness.Metrics);
        using var chat = new FakeChatClient
        {
            Answer = async () =>
            {
                await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => inner.GetResponseAsync("hi"))));
                return new ChatResponse();
            },
        }.WithLlmMetrics(_harness.Metrics);

        await chat.GetResponseAsync("hi");

        Assert.Equal(64, _harness.Calls.Count);
        Assert.Equal(64 * 7, _harness.Sum("llm.tokens", ("type", "input")));
    }

    [Theory]
    [InlineData(UsageSource.Estimated, 9L, 7)]
    [InlineData(UsageSource.Provider, 9L, 9)]
    [InlineData(UsageSource.None, null, 7)]
    public void Close_UsageToldOnBothLayers_CountsBeforeEstimates(UsageSource source, long? told, int expected)
    {
        var layers = new LayeredCall(_harness.Metrics, LlmOperation.Chat);
        var before = ScopeFrame.Current;
        ScopeFrame.Current = ScopeFrame.For(layers, _harness.Metrics);
        layers.Open();
        Assert.True(LayeredCall.TryEnter(_harness.Metrics, LlmOperation.Chat, out var above));
        var beneath = new LlmCall { InputTokens = told, UsageSource = source };
        LayeredCall.Record(_harness.Metrics, above, in LlmCall.Data(in beneath), started: 0);
        above!.Leave();
        ScopeFrame.Current = before;

        var own = LlmCall.Data(new LlmCall { InputTokens = 7, UsageSource = UsageSource.Provider });
        Assert.True(layers.Close(ref own, started: 0));
        layers.Complete(in own);

        Assert.Equal(expected, _harness.Single.InputTokens);
        Assert.Equal(UsageSource.Provider, _harness.Single.UsageSource);
    }

    public void Dispose() => _harness.Dispose();

    private static ChatResponse Response(long input, long output) => new(new ChatMessage(ChatRole.Assistant, "x"))
    {
        FinishReason = ChatFinishReason.Stop,
        Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output },
    };

    private static FakeChatClient Provider(string model, long input, long output)
    {
        var count = 0;
        return new FakeChatClient
        {
            Metadata = new ChatClientMetadata("acme", null, model),
            Answer = async () =>
            {
                await Task.Yield();
                return Response(input, output);
            },
            Updates = () => FakeChatClient.Stream(
                [FakeChatClient.Text(), FakeChatClient.Usage(input, output, $"r{++count}"), FakeChatClient.Finish()]),
        };
    }

    private static FakeChatClient Failing(string model) => new()
    {
        Metadata = new ChatClientMetadata("acme", null, model),
        Answer = static () => Task.FromException<ChatResponse>(new FormatException()),
    };

    private static async Task AskAsync(IChatClient chat, bool isStream)
    {
        if (!isStream)
        {
            await chat.GetResponseAsync("hi");
            return;
        }

        await foreach (var update in chat.GetStreamingResponseAsync("hi"))
        {
            Assert.NotNull(update);
        }
    }

    /// <summary>Asks several times for one answer, as a client that calls functions does.</summary>
    private sealed class Repeating(IChatClient inner, int times) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default)
        {
            var response = new ChatResponse { Usage = new UsageDetails() };
            for (var i = 0; i < times; i++)
            {
                response.Usage.Add((await base.GetResponseAsync(messages, options, cancellationToken)).Usage!);
            }

            return response;
        }

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < times; i++)
            {
                await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
                {
                    yield return update;
                }
            }
        }
    }

    private sealed class Fallback(IChatClient inner, IChatClient other) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default)
        {
            try
            {
                return await base.GetResponseAsync(messages, options, cancellationToken);
            }
            catch (FormatException)
            {
                return await other.GetResponseAsync(messages, options, cancellationToken);
            }
        }
    }

    private sealed class Preparing(IChatClient inner, Func<Task> prepare) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default)
        {
            await prepare();
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
    }
}
