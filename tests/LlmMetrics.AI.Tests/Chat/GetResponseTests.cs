using System.Diagnostics;
using System.Net;
using LlmMetrics.Scopes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.AI.Tests.Chat;

public sealed class GetResponseTests : IDisposable
{
    private readonly Harness _harness = new();

    [Fact]
    public async Task GetResponseAsync_Whole_RecordsWhatTheAnswerTells()
    {
        var response = Response(new UsageDetails
        {
            InputTokenCount = 100,
            OutputTokenCount = 20,
            TotalTokenCount = 120,
            CachedInputTokenCount = 64,
            ReasoningTokenCount = 8,
        });
        using var chat = Measured(async () =>
        {
            _harness.Time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
            return response;
        });

        Assert.Same(response, await chat.GetResponseAsync("hi", new ChatOptions { ModelId = "gpt-5" }));

        var call = _harness.Single;
        Assert.Equal("openai", call.Provider);
        Assert.Equal(LlmOperation.Chat, call.Operation);
        Assert.Equal("gpt-5", call.RequestModel);
        Assert.Equal("gpt-5-2025-08-07", call.ResponseModel);
        Assert.Equal("api.openai.com", call.ServerAddress);
        Assert.Equal(443, call.ServerPort);
        Assert.Equal(LlmOutcome.Ok, call.Outcome);
        Assert.Equal(UsageSource.Provider, call.UsageSource);
        Assert.Equal(100, call.InputTokens);
        Assert.Equal(20, call.OutputTokens);
        Assert.Equal(64, call.CachedInputTokens);
        Assert.Equal(8, call.ReasoningOutputTokens);
        Assert.Equal(TimeSpan.FromSeconds(2), call.Duration);
        Assert.False(call.IsStreaming);
        Assert.Null(call.TimeToFirstChunk);
        Assert.Null(call.Attempts);
        Assert.True(call.CostUsd > 0);
    }

    [Fact]
    public async Task GetResponseAsync_NoUsage_IsMissingAndNotZero()
    {
        using var chat = Measured(static () => Task.FromResult(Response(usage: null)));

        await chat.GetResponseAsync("hi");

        Assert.Equal(UsageMissingReason.NotReported, _harness.Single.UsageMissing);
        Assert.Null(_harness.Single.InputTokens);
        Assert.Null(_harness.Single.CostUsd);
        Assert.Equal("gpt-5-mini", _harness.Single.RequestModel);
        Assert.Equal(1, _harness.Sum("llm.usage.missing", ("reason", "not_reported")));
        Assert.Null(_harness.Sum("llm.tokens"));
    }

    [Fact]
    public async Task GetResponseAsync_Throwing_PassesTheSameExceptionAndRecordsItsType()
    {
        var thrown = new FormatException();
        using var chat = Measured(async () =>
        {
            await Task.Yield();
            throw thrown;
        });

        Assert.Same(thrown, await Assert.ThrowsAsync<FormatException>(() => chat.GetResponseAsync("hi")));

        Assert.Equal(LlmOutcome.Error, _harness.Single.Outcome);
        Assert.Equal("System.FormatException", _harness.Single.ErrorType);
        Assert.Equal(UsageMissingReason.None, _harness.Single.UsageMissing);
    }

    [Fact]
    public void GetResponseAsync_ThrowingSynchronously_ThrowsSynchronouslyAndRecords()
    {
        var thrown = new FormatException();
        using var chat = Measured(() => throw thrown);

        Func<object> call = () => chat.GetResponseAsync("hi");

        Assert.Same(thrown, Assert.Throws<FormatException>(call));
        Assert.Equal("System.FormatException", _harness.Single.ErrorType);
        Assert.Null(ScopeFrame.Current);
    }

    [Theory]
    [InlineData(false, LlmOutcome.Cancelled, null)]
    [InlineData(true, LlmOutcome.Error, "timeout")]
    public async Task GetResponseAsync_Cancelled_IsNoErrorUnlessItTimedOut(
        bool isTimeout, LlmOutcome outcome, string? errorType)
    {
        using var chat = Measured(() => Task.FromException<ChatResponse>(
            new TaskCanceledException("stopped", isTimeout ? new TimeoutException() : null)));

        await Assert.ThrowsAsync<TaskCanceledException>(() => chat.GetResponseAsync("hi"));

        Assert.Equal(outcome, _harness.Single.Outcome);
        Assert.Equal(errorType, _harness.Single.ErrorType);
        Assert.Equal(UsageMissingReason.Aborted, _harness.Single.UsageMissing);
    }

    [Fact]
    public async Task GetResponseAsync_RefusedByHttp_TellsTheStatus()
    {
        using var chat = Measured(static () => Task.FromException<ChatResponse>(
            new HttpRequestException("no", inner: null, HttpStatusCode.TooManyRequests)));

        await Assert.ThrowsAsync<HttpRequestException>(() => chat.GetResponseAsync("hi"));

        Assert.Equal("429", _harness.Single.ErrorType);
        Assert.Equal(429, _harness.Single.StatusCode);
        Assert.True(_harness.Single.IsRateLimited);
    }

    [Theory]
    [InlineData(null, LlmOutcome.Error)]
    [InlineData("stop", LlmOutcome.Ok)]
    public async Task GetResponseAsync_ErrorInTheAnswer_CountsWithoutAFinish(string? finish, LlmOutcome outcome)
    {
        using var chat = Measured(() => Task.FromResult(new ChatResponse(
            new ChatMessage(ChatRole.Assistant, [new ErrorContent("overloaded") { ErrorCode = "overloaded_error" }]))
        {
            FinishReason = finish is null ? null : new ChatFinishReason(finish),
        }));

        await chat.GetResponseAsync("hi");

        Assert.Equal(outcome, _harness.Single.Outcome);
        Assert.Equal(finish is null ? "overloaded_error" : null, _harness.Single.ErrorType);
    }

    [Fact]
    public async Task GetResponseAsync_UnderWay_IsActiveInTheContextOfItsCallOnly()
    {
        var answer = new TaskCompletionSource<ChatResponse>();
        using var chat = Measured(() => answer.Task);
        Assert.Null(_harness.Sum("llm.calls.active"));

        using (_harness.Metrics.BeginScope(feature: "search"))
        {
            var scope = ScopeFrame.Current;
            var waiting = chat.GetResponseAsync("hi");
            Assert.Same(scope, ScopeFrame.Current);
            Assert.Equal(1, _harness.Sum("llm.calls.active"));
            answer.SetResult(Response(usage: null));
            await waiting;
        }

        Assert.Equal(0, _harness.Sum("llm.calls.active"));
        Assert.Equal("search", _harness.Single.Feature);
    }

    [Fact]
    public async Task GetResponseAsync_Listened_OneSpanWithoutContent()
    {
        _harness.Listen();
        using var app = new Activity("app").Start();
        Activity? inside = null;
        using var chat = Measured(async () =>
        {
            inside = Activity.Current;
            await Task.Yield();
            return Response(new UsageDetails { InputTokenCount = 3, OutputTokenCount = 4 });
        });

        await chat.GetResponseAsync("secret words");

        Assert.Same(app, Activity.Current);
        var span = Assert.Single(_harness.Spans);
        Assert.Same(span, inside);
        Assert.Equal("chat gpt-5-mini", span.DisplayName);
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal(app.SpanId, span.ParentSpanId);
        var tags = span.TagObjects.ToDictionary(static tag => tag.Key, static tag => tag.Value, StringComparer.Ordinal);
        Assert.Equal("chat", tags["gen_ai.operation.name"]);
        Assert.Equal("openai", tags["gen_ai.provider.name"]);
        Assert.Equal("gpt-5-mini", tags["gen_ai.request.model"]);
        Assert.Equal("gpt-5-2025-08-07", tags["gen_ai.response.model"]);
        Assert.Equal("resp_1", tags["gen_ai.response.id"]);
        Assert.Equal(["stop"], Assert.IsType<string[]>(tags["gen_ai.response.finish_reasons"]));
        Assert.Equal("api.openai.com", tags["server.address"]);
        Assert.Equal(443, tags["server.port"]);
        Assert.Equal(3L, tags["gen_ai.usage.input_tokens"]);
        Assert.Equal(4L, tags["gen_ai.usage.output_tokens"]);
        Assert.DoesNotContain(tags.Values, static value => $"{value}".Contains("secret", StringComparison.Ordinal));
        Assert.Equal(span.Context, _harness.Single.TraceContext);
    }

    [Fact]
    public async Task GetResponseAsync_FailedAndListened_SpanHasTheError()
    {
        _harness.Listen();
        using var chat = Measured(static () => Task.FromException<ChatResponse>(new FormatException()));

        await Assert.ThrowsAsync<FormatException>(() => chat.GetResponseAsync("hi"));

        var span = Assert.Single(_harness.Spans);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Null(span.StatusDescription);
        Assert.Equal("System.FormatException", span.GetTagItem("error.type"));
    }

    [Theory]
    [InlineData("openai", "https://api.openai.com/v1", null, "openai")]
    [InlineData("openai", "https://api.groq.com/openai/v1", null, "groq")]
    [InlineData("openai", "https://acme.openai.azure.com/", null, "azure.ai.openai")]
    [InlineData("openai", "http://127.0.0.1:8000/v1", null, "openai_compatible")]
    [InlineData("anthropic", "http://127.0.0.1:8000/v1", null, "anthropic_compatible")]
    [InlineData("openai", "http://127.0.0.1:8000/v1", "acme", "acme")]
    [InlineData("openai", null, null, "openai")]
    [InlineData("acme", "http://127.0.0.1:8000/v1", null, "acme")]
    [InlineData(null, null, null, null)]
    public async Task GetResponseAsync_Provider_IsToldByTheAddressBeforeTheName(
        string? name, string? address, string? given, string? expected)
    {
        using var inner = new FakeChatClient
        {
            Metadata = new ChatClientMetadata(name, address is null ? null : new Uri(address)),
        };
        using var chat = inner.WithLlmMetrics(_harness.Metrics, given);

        await chat.GetResponseAsync("hi");

        Assert.Equal(expected, _harness.Single.Provider);
    }

    [Fact]
    public async Task GetResponseAsync_SwitchedOff_IsLeftAlone()
    {
        using var off = LlmMetricsRuntime.Create(static builder =>
            builder.Services.AddLlmMetrics(static options => options.Enabled = false));
        var task = Task.FromResult(new ChatResponse());
        using var inner = new FakeChatClient { Answer = () => task };
        using var chat = inner.WithLlmMetrics(off);

        Assert.Same(task, chat.GetResponseAsync("hi"));
        await task;
    }

    [Fact]
    public async Task GetResponseAsync_ManyAtOnce_EachIsCounted()
    {
        using var chat = Measured(static async () =>
        {
            await Task.Yield();
            return Response(new UsageDetails { InputTokenCount = 2, OutputTokenCount = 1 });
        });

        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(() => chat.GetResponseAsync("hi"))));

        Assert.Equal(500, _harness.Sum("llm.calls"));
        Assert.Equal(1000, _harness.Sum("llm.tokens", ("type", "input")));
        Assert.Equal(0, _harness.Sum("llm.calls.active"));
    }

    [Fact]
    public void GetService_AnyKey_PassesThrough()
    {
        using var inner = new FakeChatClient();
        using var chat = inner.WithLlmMetrics(_harness.Metrics);

        Assert.Same(inner, chat.GetService<FakeChatClient>());
        Assert.Same(inner.Metadata, chat.GetService<ChatClientMetadata>());
        Assert.Same(chat, chat.GetService<IChatClient>());
        Assert.Equal("String/fast", chat.GetService(typeof(string), "fast"));
    }

    [Fact]
    public async Task WithLlmMetrics_KeyedServices_EachMeasuresItsOwn()
    {
        await using var services = new ServiceCollection()
            .AddLlmMetrics(static options => options.Meters.Clear()).Services
            .AddKeyedSingleton<IChatClient>("fast", static (services, _) => Named("small").WithLlmMetrics(services))
            .AddKeyedSingleton<IChatClient>("good", static (services, _) => Named("large").WithLlmMetrics(services))
            .AddSingleton<ILlmCallObserver>(_harness)
            .BuildServiceProvider();

        await services.GetRequiredKeyedService<IChatClient>("good").GetResponseAsync("hi");
        await services.GetRequiredKeyedService<IChatClient>("fast").GetResponseAsync("hi");

        Assert.Equal(["large", "small"], _harness.Calls.Select(static call => call.RequestModel));
    }

    [Fact]
    public void WithLlmMetrics_AsAStep_FitsTheBuildersDelegate()
    {
        // What ChatClientBuilder.Use takes; the builder itself is in a package of its own.
        Func<IChatClient, IServiceProvider, IChatClient> step = static (inner, services) =>
            inner.WithLlmMetrics(services);
        using var services = new ServiceCollection().AddLlmMetrics().Services.BuildServiceProvider();
        using var inner = new FakeChatClient();

        using (var chat = step(inner, services))
        {
            Assert.Same(inner, chat.GetService<FakeChatClient>());
        }

        Assert.True(inner.IsDisposed);
        using var none = new ServiceCollection().BuildServiceProvider();
        Assert.Throws<InvalidOperationException>(() => step(inner, none));
    }

    [Fact]
    public async Task WithLlmMetrics_MetadataThrows_MeasuresWithoutIt()
    {
        using var chat = new Untold().WithLlmMetrics(_harness.Metrics);

        await chat.GetResponseAsync("hi");

        Assert.Null(_harness.Single.Provider);
    }

    public void Dispose() => _harness.Dispose();

    private static FakeChatClient Named(string model) => new()
    {
        Metadata = new ChatClientMetadata("acme", null, model),
    };

    private static ChatResponse Response(UsageDetails? usage) => new(new ChatMessage(ChatRole.Assistant, "secret"))
    {
        ModelId = "gpt-5-2025-08-07",
        ResponseId = "resp_1",
        FinishReason = ChatFinishReason.Stop,
        Usage = usage,
    };

    private IChatClient Measured(Func<Task<ChatResponse>> answer) =>
        new FakeChatClient { Answer = answer }.WithLlmMetrics(_harness.Metrics);

    private sealed class Untold() : DelegatingChatClient(new FakeChatClient())
    {
        public override object? GetService(Type serviceType, object? serviceKey = null) =>
            throw new NotSupportedException();
    }
}
