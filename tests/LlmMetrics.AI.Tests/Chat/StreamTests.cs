using System.Diagnostics;
using System.Runtime.CompilerServices;
using LlmMetrics.Scopes;
using LlmMetrics.Testing;
using Microsoft.Extensions.AI;

namespace LlmMetrics.AI.Tests.Chat;

public sealed class StreamTests : IDisposable
{
    private const int Short = 200_000;
    private const int Long = 10_000_000;

    private static readonly AsyncLocal<string?> _flowing = new();

    private readonly Harness _harness = new();

    [Fact]
    public async Task Stream_ReadToItsEnd_PassesEachUpdateAndTellsTheTimes()
    {
        ChatResponseUpdate[] updates =
        [
            new(ChatRole.Assistant, []),
            FakeChatClient.Text(), FakeChatClient.Text(), FakeChatClient.Text(),
            FakeChatClient.Finish(),
            FakeChatClient.Usage(11, 3),
        ];
        using var chat = Measured(() => Ticking(updates, TimeSpan.FromSeconds(1)));

        var seen = new List<ChatResponseUpdate>();
        await foreach (var update in chat.GetStreamingResponseAsync("hi"))
        {
            seen.Add(update);
            _harness.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(updates, seen);
        var call = _harness.Single;
        Assert.Equal(LlmOutcome.Ok, call.Outcome);
        Assert.True(call.IsStreaming);
        Assert.Equal(11, call.InputTokens);
        Assert.Equal(3, call.OutputTokens);

        // The minutes in which the app held an update are not the model's; the empty first update is no output.
        Assert.Equal(TimeSpan.FromSeconds(2), call.TimeToFirstChunk);
        Assert.Equal(TimeSpan.FromSeconds(6), call.Duration);
        var gaps = Assert.Single(_harness.Series("gen_ai.client.operation.time_per_output_chunk"));
        Assert.Equal(2, gaps.Count);
        Assert.Equal(2, gaps.Sum, 9);
    }

    [Fact]
    public async Task Stream_UsageSeveralTimes_LastNonNullOfEachField()
    {
        using var chat = Measured(() => FakeChatClient.Stream(
        [
            FakeChatClient.Usage(25, 1), FakeChatClient.Text(), FakeChatClient.Usage(null, 7),
            FakeChatClient.Usage(null, null), FakeChatClient.Usage(null, 15),
        ]));

        await Drain(chat);

        Assert.Equal(25, _harness.Single.InputTokens);
        Assert.Equal(15, _harness.Single.OutputTokens);
    }

    [Fact]
    public async Task Stream_SeveralResponses_AreSummed()
    {
        using var chat = Measured(() => FakeChatClient.Stream(
        [
            FakeChatClient.Usage(25, 1, "resp_1"), FakeChatClient.Usage(null, 4, "resp_1"),
            FakeChatClient.Usage(30, 6, "resp_2"), FakeChatClient.Usage(30, 8, "resp_2"),
        ]));

        await Drain(chat);

        Assert.Equal(55, _harness.Single.InputTokens);
        Assert.Equal(12, _harness.Single.OutputTokens);
    }

    [Fact]
    public async Task Stream_WithoutUsage_IsMissing()
    {
        using var chat = Measured(() => FakeChatClient.Stream([FakeChatClient.Text(), FakeChatClient.Finish()]));

        await Drain(chat);

        Assert.Equal(UsageMissingReason.NotReported, _harness.Single.UsageMissing);
        Assert.Null(_harness.Single.OutputTokens);
    }

    [Theory]
    [InlineData(false, LlmOutcome.Cancelled)]
    [InlineData(true, LlmOutcome.Ok)]
    public async Task Stream_LeftEarly_IsCancelledUnlessItWasComplete(bool isFinished, LlmOutcome outcome)
    {
        var hasLeft = false;
        ChatResponseUpdate[] updates =
        [
            FakeChatClient.Text(),
            isFinished ? FakeChatClient.Finish() : FakeChatClient.Text(),
            FakeChatClient.Text(),
        ];
        using var chat = Measured(() => FakeChatClient.Stream(updates, () => hasLeft = true));

        var count = 0;
        await foreach (var update in chat.GetStreamingResponseAsync("hi"))
        {
            if (++count == 2)
            {
                break;
            }
        }

        Assert.True(hasLeft);
        Assert.Equal(outcome, _harness.Single.Outcome);
        Assert.Equal(UsageMissingReason.Aborted, _harness.Single.UsageMissing);
        Assert.Equal(0, _harness.Sum("llm.calls.active"));
    }

    [Fact]
    public async Task Stream_LeftEarly_KeepsTheUsageThatWasKnown()
    {
        using var chat = Measured(() => FakeChatClient.Stream(
            [FakeChatClient.Usage(25, 1), FakeChatClient.Text(), FakeChatClient.Text()]));

        await foreach (var update in chat.GetStreamingResponseAsync("hi"))
        {
            if (update.Text.Length > 0)
            {
                break;
            }
        }

        Assert.Equal(LlmOutcome.Cancelled, _harness.Single.Outcome);
        Assert.Equal(25, _harness.Single.InputTokens);
        Assert.Equal(UsageMissingReason.None, _harness.Single.UsageMissing);
    }

    [Theory]
    [InlineData(0, UsageMissingReason.None)]
    [InlineData(3, UsageMissingReason.Aborted)]
    public async Task Stream_ThrowsAfterSomeUpdates_SameExceptionAndOneError(int count, UsageMissingReason missing)
    {
        var thrown = new FormatException();
        using var chat = Measured(() => FakeChatClient.Stream(
            Enumerable.Repeat(FakeChatClient.Text(), count), failure: thrown));

        Assert.Same(thrown, await Assert.ThrowsAsync<FormatException>(() => Drain(chat)));

        Assert.Equal(LlmOutcome.Error, _harness.Single.Outcome);
        Assert.Equal("System.FormatException", _harness.Single.ErrorType);
        Assert.Equal(missing, _harness.Single.UsageMissing);
    }

    [Fact]
    public async Task Stream_AppThrowsWhileItReads_IsCancelled()
    {
        using var chat = Measured(() => FakeChatClient.Stream([FakeChatClient.Text(), FakeChatClient.Text()]));

        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () =>
        {
            await foreach (var update in chat.GetStreamingResponseAsync("hi"))
            {
                throw new InvalidTimeZoneException();
            }
        });

        Assert.Equal(LlmOutcome.Cancelled, _harness.Single.Outcome);
    }

    [Fact]
    public async Task Stream_CancelledByTheConsumersToken_ReachesTheClientAndIsCancelled()
    {
        using var source = new CancellationTokenSource();
        using var chat = Measured(static () => Endless());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in chat.GetStreamingResponseAsync("hi").WithCancellation(source.Token))
            {
                await source.CancelAsync();
            }
        });

        Assert.Equal(LlmOutcome.Cancelled, _harness.Single.Outcome);
        Assert.Null(_harness.Single.ErrorType);
    }

    [Fact]
    public async Task Stream_DisposedWithoutBeingRead_IsCancelled()
    {
        using var chat = Measured(static () => Endless());

        await using (chat.GetStreamingResponseAsync("hi").GetAsyncEnumerator())
        {
            Assert.Equal(1, _harness.Sum("llm.calls.active"));
        }

        Assert.Equal(LlmOutcome.Cancelled, _harness.Single.Outcome);
        Assert.Equal(UsageMissingReason.Aborted, _harness.Single.UsageMissing);
        Assert.Equal(0, _harness.Sum("llm.calls.active"));
    }

    [Fact]
    public void Stream_NeverEnumerated_IsNoCall()
    {
        using var chat = Measured(static () => Endless());

        Assert.NotNull(chat.GetStreamingResponseAsync("hi"));

        Assert.Empty(_harness.Calls);
        Assert.Null(_harness.Sum("llm.calls.active"));
    }

    [Fact]
    public async Task Stream_EnumeratedTwice_IsTwoCalls()
    {
        using var chat = Measured(() => FakeChatClient.Stream([FakeChatClient.Usage(2, 3)]));
        var stream = chat.GetStreamingResponseAsync("hi");

        await foreach (var update in stream)
        {
            Assert.NotNull(update);
        }

        await foreach (var update in stream)
        {
            Assert.NotNull(update);
        }

        Assert.Equal(2, _harness.Calls.Count);
        Assert.All(_harness.Calls, static call => Assert.Equal(3, call.OutputTokens));
    }

    [Fact]
    public async Task Stream_AbandonedWithoutDispose_IsCountedByTheCollector()
    {
        using var chat = Measured(static () => Endless());
        await AbandonAsync(chat);

        for (var i = 0; i < 1000 && _harness.Calls.Count == 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(10);
        }

        Assert.Equal(LlmOutcome.Cancelled, _harness.Single.Outcome);
    }

    [Fact]
    public void Stream_ClientThrowsSynchronously_ThrowsAtTheCall()
    {
        var thrown = new FormatException();
        using var chat = Measured(() => throw thrown);

        Assert.Same(thrown, Assert.Throws<FormatException>(() => chat.GetStreamingResponseAsync("hi")));
        Assert.Equal("System.FormatException", _harness.Single.ErrorType);
    }

    [Fact]
    public async Task Stream_BetweenItsUpdates_LeavesTheAppsContextAlone()
    {
        _harness.Listen();
        using var app = new Activity("app").Start();
        var inside = new List<(Activity? Activity, string? Feature)>();
        using var chat = Measured(() => Watching(inside));
        using var scope = _harness.Metrics.BeginScope(feature: "search");
        var frame = ScopeFrame.Current;

        var count = 0;
        await foreach (var update in chat.GetStreamingResponseAsync("hi"))
        {
            Assert.Same(app, Activity.Current);
            Assert.Same(frame, ScopeFrame.Current);
            if (++count == 2)
            {
                // From here on the client has to see the app's own new value.
                _flowing.Value = "changed";
            }
        }

        Assert.Same(app, Activity.Current);
        var span = Assert.Single(_harness.Spans);
        Assert.All(inside, step => Assert.Same(span, step.Activity));
        Assert.Equal([null, null, "changed"], inside.Select(static step => step.Feature));
        Assert.Equal(app.SpanId, span.ParentSpanId);
        Assert.Equal("search", _harness.Single.Feature);
    }

    [Fact]
    public async Task Stream_FlowSuppressed_StillMeasures()
    {
        using var chat = Measured(static () => Ready(2));
        ValueTask<bool> next;
        var stream = chat.GetStreamingResponseAsync("hi").GetAsyncEnumerator();
        using (ExecutionContext.SuppressFlow())
        {
            next = stream.MoveNextAsync();
        }

        Assert.True(await next);
        await stream.DisposeAsync();
        Assert.Null(ScopeFrame.Current);
        Assert.Equal(LlmOutcome.Cancelled, _harness.Single.Outcome);
    }

    [Fact]
    public Task Stream_ManyUpdates_KeepsNone() => ReadManyAsync(Short);

    [LongFact]
    public Task Stream_MillionsOfUpdates_KeepsNone() => ReadManyAsync(Long);

    public void Dispose() => _harness.Dispose();

    private static async Task Drain(IChatClient chat)
    {
        await foreach (var update in chat.GetStreamingResponseAsync("hi"))
        {
            Assert.NotNull(update);
        }
    }

    private static async Task AbandonAsync(IChatClient chat)
    {
        var stream = chat.GetStreamingResponseAsync("hi").GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Endless(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return FakeChatClient.Text();
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Watching(List<(Activity?, string?)> inside)
    {
        for (var i = 0; i < 3; i++)
        {
            await Task.Yield();
            inside.Add((Activity.Current, _flowing.Value));
            yield return FakeChatClient.Text();
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Ready(int count)
    {
        await Task.CompletedTask;
        var update = FakeChatClient.Text();
        for (var i = 0; i < count; i++)
        {
            yield return update;
        }
    }

    private async Task ReadManyAsync(int updates)
    {
        using var chat = Measured(() => Ready(updates));
        await using var stream = chat.GetStreamingResponseAsync("hi").GetAsyncEnumerator();
        for (var i = 0; i < updates / 2; i++)
        {
            // Completes at once, so that what it allocates is this thread's.
            Assert.True(await stream.MoveNextAsync());
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = updates / 2; i < updates; i++)
        {
            _ = await stream.MoveNextAsync();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
        Assert.False(await stream.MoveNextAsync());
        Assert.Equal(updates - 1, _harness.Sum("gen_ai.client.operation.time_per_output_chunk"));
    }

    private async IAsyncEnumerable<ChatResponseUpdate> Ticking(ChatResponseUpdate[] updates, TimeSpan pace)
    {
        foreach (var update in updates)
        {
            await Task.Yield();
            _harness.Time.Advance(pace);
            yield return update;
        }
    }

    private IChatClient Measured(Func<IAsyncEnumerable<ChatResponseUpdate>> updates) =>
        new FakeChatClient { Updates = updates }.WithLlmMetrics(_harness.Metrics);
}
