using LlmMetrics.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Simulator;

namespace LlmMetrics.AI.Tests.Official;

/// <summary>Agent, measured chat client, official client, handler: what they all see is one call.</summary>
public sealed class LayersTests : IDisposable
{
    private const string Model = "gpt-5-mini";

    private readonly Harness _harness = new(isRealTime: true);

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, true, true)]
    [InlineData(false, true, false)]
    [InlineData(true, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, false, true)]
    public async Task Stack_OpenAi_IsCountedOnceWithTheClientsOwnUsage(bool isStream, bool hasHandler, bool hasClient)
    {
        _harness.Listen();
        await using var simulator = await ProviderSimulator.StartAsync(new SimulatorOptions { Speed = 1000 });
        using var http = OfficialClients.Http(_harness, hasHandler);
        var chat = OfficialClients.OpenAi(simulator.BaseAddress, http).GetChatClient(Model).AsIChatClient();
        chat = hasClient ? chat.WithLlmMetrics(_harness.Metrics) : chat;

        using var scope = _harness.Metrics.BeginScope(feature: "search", tenant: "acme");
        var usage = await _harness.Metrics.MeasureWorkflowAsync("flow", ct =>
            _harness.Metrics.MeasureAgentAsync("writer", _ => OfficialClients.AskAsync(chat, isStream), ct));

        var call = _harness.Single;
        Assert.Equal(usage.InputTokenCount, call.InputTokens);
        Assert.Equal(usage.OutputTokenCount, call.OutputTokens);
        Assert.Equal(usage.ReasoningTokenCount, call.ReasoningOutputTokens);
        Assert.True(call.ReasoningOutputTokens > 0);
        Assert.Equal((LlmOutcome.Ok, isStream), (call.Outcome, call.IsStreaming));
        Assert.Equal(("search", "writer", "flow", "acme"), (call.Feature, call.Agent, call.Workflow, call.Tenant));
        Assert.Equal(("openai_compatible", Model), (call.Provider, call.RequestModel));
        Assert.Equal(simulator.Root.Port, call.ServerPort);
        Assert.Equal(hasHandler ? 200 : null, call.StatusCode);
        Assert.Equal(hasHandler ? 1 : null, call.Attempts);
        Assert.Equal(isStream, call.TimeToFirstChunk is not null);
        Assert.True(call.TimeToFirstChunk is null || call.TimeToFirstChunk <= call.Duration);

        var span = Assert.Single(_harness.Spans, static span => span.DisplayName == $"chat {Model}");
        Assert.Equal(usage.OutputTokenCount, span.GetTagItem("gen_ai.usage.output_tokens"));
        Assert.Equal(span.Context, call.TraceContext);
        Assert.Equal(3, _harness.Spans.Count);
        Assert.Equal(1, _harness.Sum("llm.calls"));
        Assert.Equal(0, _harness.Sum("llm.calls.active"));
        Assert.Equal(usage.OutputTokenCount, _harness.Sum("llm.tokens", ("type", "output"), ("agent", "writer")));
        Assert.Equal(1, _harness.Sum("llm.agent.runs"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stack_OpenAiRetries_IsOneOperationWithItsTries(bool isStream)
    {
        var refusals = 2;
        await using var simulator = await ProviderSimulator.StartAsync(new SimulatorOptions { Speed = 1000 });
        using var http = new HttpClient(new Refusing(() => refusals-- > 0)
        {
            InnerHandler = new LlmMetricsHandler(_harness.Metrics, new SocketsHttpHandler()),
        });
        using var chat = OfficialClients.OpenAi(simulator.BaseAddress, http).GetChatClient(Model).AsIChatClient()
            .WithLlmMetrics(_harness.Metrics);

        var usage = await OfficialClients.AskAsync(chat, isStream);

        Assert.Equal(3, _harness.Single.Attempts);
        Assert.Equal(LlmOutcome.Ok, _harness.Single.Outcome);
        Assert.Equal(usage.OutputTokenCount, _harness.Single.OutputTokens);
        Assert.Equal(1, _harness.Sum("llm.calls"));
        Assert.Equal(3, _harness.Sum("llm.attempts"));
        Assert.Equal(2, _harness.Sum("llm.rate_limit.hits"));
    }

    [Fact]
    public async Task Stack_EveryTryRefused_IsOneErrorWithItsTries()
    {
        await using var simulator = await ProviderSimulator.StartAsync(new SimulatorOptions { Speed = 1000 });
        using var http = OfficialClients.Http(_harness);
        using var chat = OfficialClients.OpenAi(simulator.BaseAddress, http).GetChatClient("gpt-5-mini#status=503")
            .AsIChatClient().WithLlmMetrics(_harness.Metrics);

        await Assert.ThrowsAsync<System.ClientModel.ClientResultException>(() => chat.GetResponseAsync("hi"));

        Assert.Equal((LlmOutcome.Error, "503", 3), (
            _harness.Single.Outcome, _harness.Single.ErrorType, _harness.Single.Attempts));
        Assert.Equal(503, _harness.Single.StatusCode);
    }

    [Fact]
    public async Task Stack_StreamLeftEarly_IsOneCancelledCall()
    {
        await using var simulator = await ProviderSimulator.StartAsync(new SimulatorOptions { Speed = 1000 });
        using var http = OfficialClients.Http(_harness);
        using var chat = OfficialClients.OpenAi(simulator.BaseAddress, http)
            .GetChatClient("gpt-5-mini#stall-after=3").AsIChatClient().WithLlmMetrics(_harness.Metrics);

        await foreach (var update in chat.GetStreamingResponseAsync("hi"))
        {
            if (update.Text.Length > 0)
            {
                break;
            }
        }

        Assert.Equal(LlmOutcome.Cancelled, _harness.Single.Outcome);
        Assert.Equal(UsageMissingReason.Aborted, _harness.Single.UsageMissing);
        Assert.Equal(0, _harness.Sum("llm.calls.active"));
    }

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, true, true)]
    [InlineData(false, false, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    [InlineData(true, true, false)]
    public async Task Stack_Anthropic_IsCountedOnceWithTheClientsOwnUsage(
        bool isStream, bool hasHandler, bool hasClient)
    {
        await using var server = await LoopbackServer.StartAsync(app => app.Run(AnthropicServer.Answering()));
        using var http = OfficialClients.Http(_harness, hasHandler);
        using var client = OfficialClients.Claude(server.BaseAddress, http);
        var chat = client.AsIChatClient("claude-sonnet-4-5");
        chat = hasClient ? chat.WithLlmMetrics(_harness.Metrics) : chat;

        var usage = await OfficialClients.AskAsync(chat, isStream);

        var call = _harness.Single;
        Assert.Equal((2310, isStream ? 15 : 7), (usage.InputTokenCount, usage.OutputTokenCount));
        Assert.Equal(usage.InputTokenCount, call.InputTokens);
        Assert.Equal(usage.OutputTokenCount, call.OutputTokens);
        Assert.Equal(usage.CachedInputTokenCount, call.CachedInputTokens);
        Assert.Equal(usage.ReasoningTokenCount, call.ReasoningOutputTokens);
        Assert.Equal(300, call.CacheWriteInputTokens);
        Assert.Equal(hasHandler ? 200 : null, call.CacheWrite1HourInputTokens);
        Assert.Equal(hasHandler ? "standard" : null, call.ServiceTier);
        Assert.Equal("anthropic_compatible", call.Provider);
        Assert.Equal("claude-sonnet-4-5-20250929", call.ResponseModel);
        Assert.Equal(LlmOutcome.Ok, call.Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stack_AnthropicRetries_IsOneOperationWithItsTries(bool isStream)
    {
        await using var server = await LoopbackServer.StartAsync(
            static app => app.Run(AnthropicServer.Answering(refusals: 1)));
        using var http = OfficialClients.Http(_harness);
        using var client = OfficialClients.Claude(server.BaseAddress, http);
        using var chat = client.AsIChatClient("claude-sonnet-4-5").WithLlmMetrics(_harness.Metrics);

        await OfficialClients.AskAsync(chat, isStream);

        Assert.Equal(2, _harness.Single.Attempts);
        Assert.Equal(2310, _harness.Single.InputTokens);
        Assert.Equal(1, _harness.Sum("llm.rate_limit.hits"));
    }

    [Fact]
    public async Task Stack_Embeddings_IsCountedOnce()
    {
        await using var simulator = await ProviderSimulator.StartAsync(new SimulatorOptions { Speed = 1000 });
        using var http = OfficialClients.Http(_harness);
        using var generator = OfficialClients.OpenAi(simulator.BaseAddress, http)
            .GetEmbeddingClient("text-embedding-3-small").AsIEmbeddingGenerator().WithLlmMetrics(_harness.Metrics);

        var embeddings = await generator.GenerateAsync(["one", "two"]);

        Assert.Equal(2, embeddings.Count);
        Assert.Equal(LlmOperation.Embeddings, _harness.Single.Operation);
        Assert.Equal(embeddings.Usage!.InputTokenCount, _harness.Single.InputTokens);
        Assert.Null(_harness.Single.OutputTokens);
        Assert.Equal(1, _harness.Single.Attempts);
    }

    public void Dispose() => _harness.Dispose();

    /// <summary>Sends a refused try to a model that the simulator refuses.</summary>
    private sealed class Refusing(Func<bool> refuses) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (refuses())
            {
                request.Headers.Add("x-sim", $"status={StatusCodes.Status429TooManyRequests}");
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
