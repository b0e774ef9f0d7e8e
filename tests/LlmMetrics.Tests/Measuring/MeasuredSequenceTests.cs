using System.Runtime.CompilerServices;
using LlmMetrics.Scopes;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Measuring;

public sealed class MeasuredSequenceTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task MoveNextAsync_ToTheEnd_IsOneSuccessfulRunWithItsCallsAttributed()
    {
        using var runtime = Runs.Create(_time);
        var seen = new List<int>();

        var stream = runtime.MeasureAgentAsync("stream", _ => Runs.CountAsync(5, () => Runs.Call(runtime)));
        await foreach (var item in stream)
        {
            seen.Add(item);
            Assert.Null(ScopeFrame.Current);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 1, 2, 3, 4], seen);
        var snapshot = runtime.GetSnapshot();
        Assert.Equal(5, snapshot.Sum("llm.calls", ("agent", "stream")));
        Assert.Equal(1, snapshot.Sum("llm.agent.runs", ("outcome", "ok")));
        Assert.True(snapshot.TryGetFamily("gen_ai.invoke_agent.duration", out var durations));
        Assert.Equal(5, Assert.Single(durations).Sum, 9);
    }

    [Fact]
    public async Task DisposeAsync_Midway_IsCancelledAndDisposesTheInner()
    {
        using var runtime = Runs.Create(_time);
        var left = false;

        await foreach (var item in runtime.MeasureAgentAsync("stream", _ => Endless(() => left = true)))
        {
            if (item == 3)
            {
                break;
            }
        }

        Assert.True(left);
        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.agent.runs", ("outcome", "cancelled")));
        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.agent.runs"));
    }

    [Fact]
    public async Task MoveNextAsync_ThatThrows_PassesTheSameExceptionOnAndRecordsOnce()
    {
        using var runtime = Runs.Create(_time);
        var thrown = new FormatException();

        var caught = await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (var item in runtime.MeasureToolAsync("t", _ => Failing(thrown)))
            {
                Assert.Equal(0, item);
            }
        });

        Assert.Same(thrown, caught);
        Assert.Equal(1, runtime.GetSnapshot()
            .Sum("gen_ai.execute_tool.duration", ("error.type", "System.FormatException")));
        Assert.Equal(1, runtime.GetSnapshot().Sum("gen_ai.execute_tool.duration"));
    }

    [Fact]
    public async Task GetAsyncEnumerator_TokenOfTheConsumer_ReachesTheCode()
    {
        using var runtime = Runs.Create(_time);
        using var source = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            var stream = runtime.MeasureAgentAsync("stream", Waiting);
            await foreach (var item in stream.WithCancellation(source.Token))
            {
                Assert.Equal(0, item);
                await source.CancelAsync();
            }
        });

        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.agent.runs", ("outcome", "cancelled")));
    }

    [Fact]
    public async Task GetAsyncEnumerator_SeveralTimes_IsARunEach()
    {
        using var runtime = Runs.Create(_time);
        var stream = runtime.MeasureAgentAsync("stream", _ => Runs.CountAsync(2));

        for (var i = 0; i < 3; i++)
        {
            await foreach (var item in stream)
            {
                Assert.InRange(item, 0, 1);
            }
        }

        Assert.Equal(3, runtime.GetSnapshot().Sum("llm.agent.runs", ("outcome", "ok")));
    }

    [Fact]
    public void GetAsyncEnumerator_CodeThatThrows_IsAFailedRun()
    {
        using var runtime = Runs.Create(_time);
        var stream = runtime.MeasureAgentAsync(
            "stream", static IAsyncEnumerable<int> (_) => throw new FormatException());

        Assert.Throws<FormatException>(() => _ = stream.GetAsyncEnumerator());

        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.agent.runs", ("outcome", "error")));
        Assert.Null(ScopeFrame.Current);
    }

    [Fact]
    public async Task MoveNextAsync_ConsumersScopeBetweenSteps_StaysTheConsumers()
    {
        using var runtime = Runs.Create(_time);
        var steps = runtime.MeasureAgentAsync("stream", _ => Runs.CountAsync(3, () => Runs.Call(runtime)))
            .GetAsyncEnumerator();

        await using (steps)
        {
            Assert.True(await steps.MoveNextAsync());
            using (runtime.BeginScope(agent: "consumer"))
            {
                Assert.True(await steps.MoveNextAsync());
                Assert.Equal("consumer", ScopeFrame.Current?.Agent);
                Runs.Call(runtime);
            }
        }

        Assert.Equal(2, runtime.GetSnapshot().Sum("llm.calls", ("agent", "stream")));
        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.calls", ("agent", "consumer")));
    }

    private static async IAsyncEnumerable<int> Endless(Action left)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }
        finally
        {
            left();
        }
    }

    private static async IAsyncEnumerable<int> Failing(Exception exception)
    {
        yield return 0;
        await Task.Yield();
        throw exception;
    }

    private static async IAsyncEnumerable<int> Waiting([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return 0;
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
