using LlmMetrics.Testing;
using LlmMetrics.Tests.Measuring;

namespace LlmMetrics.Tests.Agents;

public sealed class AgentExtensionsTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task MeasureAgentAsync_CodeThatSucceeds_RecordsDurationAndOutcome()
    {
        using var runtime = Runs.Create(_time);

        var answer = await runtime.MeasureAgentAsync("writer", async ct =>
        {
            await Task.Yield();
            _time.Advance(TimeSpan.FromSeconds(3));
            return 42;
        });

        Assert.Equal(42, answer);
        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("llm.agent.runs", ("agent", "writer"), ("outcome", "ok")));
        Assert.True(snapshot.TryGetFamily("gen_ai.invoke_agent.duration", out var durations));
        Assert.Equal(3, Assert.Single(durations).Sum, 9);
    }

    [Fact]
    public async Task MeasureAgentAsync_CodeThatThrows_PassesTheSameExceptionOn()
    {
        using var runtime = Runs.Create(_time);
        var thrown = new InvalidOperationException("secret");

        var caught = await Assert.ThrowsAsync<InvalidOperationException>(
            () => runtime.MeasureAgentAsync("writer", async _ =>
            {
                await Task.Yield();
                ThrowDeep(thrown);
            }));

        Assert.Same(thrown, caught);
        Assert.Contains(nameof(ThrowDeep), caught.StackTrace, StringComparison.Ordinal);
        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("llm.agent.runs", ("agent", "writer"), ("outcome", "error")));
        Assert.Equal(
            1, snapshot.Sum("gen_ai.invoke_agent.duration", ("error.type", "System.InvalidOperationException")));
    }

    [Fact]
    public void MeasureAgentAsync_CodeThatThrowsBeforeItsTask_ThrowsAtOnceAsWithoutMeasuring()
    {
        using var runtime = Runs.Create(_time);

        Assert.Throws<FormatException>(() =>
        {
            _ = runtime.MeasureAgentAsync("writer", Task (_) => throw new FormatException());
        });

        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.agent.runs", ("outcome", "error")));
        runtime.Record(new LlmCall { Provider = "x" });
        Assert.Equal(double.NaN, runtime.GetSnapshot().Sum("llm.calls", ("agent", "writer")));
    }

    [Fact]
    public async Task MeasureAgentAsync_CodeThatIsCancelled_IsCancelledAndNoError()
    {
        using var runtime = Runs.Create(_time);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var task = runtime.MeasureAgentAsync(
            "writer", static ct => Task.Delay(Timeout.Infinite, ct), cancelled.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.True(task.IsCanceled);
        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("llm.agent.runs", ("outcome", "cancelled")));
        Assert.True(snapshot.TryGetFamily("gen_ai.invoke_agent.duration", out var durations));
        Assert.Null(Assert.Single(durations).Tag("error.type"));
    }

    [Fact]
    public async Task MeasureAgentAsync_CodeThatTimesOut_IsAnErrorOfThatType()
    {
        using var runtime = Runs.Create(_time);

        await Assert.ThrowsAsync<TaskCanceledException>(() => runtime.MeasureAgentAsync(
            "writer", static _ => Task.FromException(new TaskCanceledException("x", new TimeoutException()))));

        Assert.Equal(1, runtime.GetSnapshot()
            .Sum("gen_ai.invoke_agent.duration", ("error.type", "System.TimeoutException")));
    }

    [Fact]
    public async Task MeasureAgentAsync_CodeThatNeverEnds_IsNotRecordedAndLeavesTheCallersScope()
    {
        using var runtime = Runs.Create(_time);
        var never = new TaskCompletionSource();

        var task = runtime.MeasureAgentAsync("writer", _ => never.Task);
        Runs.Call(runtime);

        Assert.False(task.IsCompleted);
        Assert.Equal(double.NaN, runtime.GetSnapshot().Sum("llm.agent.runs"));
        Assert.Equal(double.NaN, runtime.GetSnapshot().Sum("llm.calls", ("agent", "writer")));
        never.SetResult();
        await task;
        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.agent.runs"));
    }

    [Fact]
    public async Task MeasureAgentAsync_ParallelAgents_GetTheirOwnTokensAndCost()
    {
        using var runtime = Runs.Create(_time);

        await Task.WhenAll(Enumerable.Range(1, 8).Select(n => runtime.MeasureAgentAsync($"agent{n}", async ct =>
        {
            for (var i = 0; i < 20; i++)
            {
                await Task.Yield();
                Runs.Call(runtime, n * 100);
            }
        })));

        var snapshot = runtime.GetSnapshot();
        for (var n = 1; n <= 8; n++)
        {
            Assert.Equal(20 * n * 100, snapshot.Sum("llm.tokens", ("agent", $"agent{n}"), ("type", "input")));
            Assert.Equal(20 * Runs.CostOf(n * 100), snapshot.Sum("llm.cost.usd", ("agent", $"agent{n}")), 12);
        }
    }

    [Fact]
    public async Task MeasureAgentAsync_NestedAgents_AttributeToTheInnermost()
    {
        using var runtime = Runs.Create(_time);
        async Task OuterAsync(CancellationToken cancellationToken)
        {
            Runs.Call(runtime, 1);
            await runtime.MeasureAgentAsync("inner", _ => CallLaterAsync(runtime, 10), cancellationToken);
            Runs.Call(runtime, 100);
        }

        using (runtime.BeginScope(feature: "reports", tenant: "acme"))
        {
            await runtime.MeasureWorkflowAsync("nightly", ct => runtime.MeasureAgentAsync("outer", OuterAsync, ct));
            Runs.Call(runtime, 1000);
        }

        var snapshot = runtime.GetSnapshot();
        (string, string)[] around = [("feature", "reports"), ("tenant", "acme"), ("type", "input")];
        Assert.Equal(101, snapshot.Sum("llm.tokens", [("agent", "outer"), ("workflow", "nightly"), .. around]));
        Assert.Equal(10, snapshot.Sum("llm.tokens", [("agent", "inner"), ("workflow", "nightly"), .. around]));
        Assert.Equal(1111, snapshot.Sum("llm.tokens", around));
        Assert.Equal(1, snapshot.Sum("llm.agent.runs", ("agent", "inner"), ("feature", "reports")));
    }

    [Fact]
    public async Task MeasureAgentAsync_ValueTasks_PassTheirResultOn()
    {
        using var runtime = Runs.Create(_time);

        Assert.Equal(5, await runtime.MeasureAgentAsync("a", static _ => new ValueTask<int>(5)));
        Assert.Equal(6, await runtime.MeasureAgentAsync("a", static _ => Later(6)));
        await runtime.MeasureAgentAsync("a", static _ => ValueTask.CompletedTask);
        await Assert.ThrowsAsync<FormatException>(async () => await runtime.MeasureAgentAsync(
            "a", static _ => ValueTask.FromException(new FormatException())));

        Assert.Equal(3, runtime.GetSnapshot().Sum("llm.agent.runs", ("outcome", "ok")));
        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.agent.runs", ("outcome", "error")));
    }

    [Fact]
    public void MeasureAgent_SynchronousCode_IsMeasuredWithItsCalls()
    {
        using var runtime = Runs.Create(_time);

        var result = runtime.MeasureAgent("sync", () =>
        {
            Runs.Call(runtime);
            return "done";
        });
        runtime.MeasureAgent("sync", () => Runs.Call(runtime));
        Assert.Throws<FormatException>(() => runtime.MeasureAgent("sync", static () => throw new FormatException()));

        Assert.Equal("done", result);
        Assert.Equal(2, runtime.GetSnapshot().Sum("llm.calls", ("agent", "sync")));
        Assert.Equal(2, runtime.GetSnapshot().Sum("llm.agent.runs", ("outcome", "ok")));
        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.agent.runs", ("outcome", "error")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public void StartAgent_NoName_CountsAsUnknown(string? name)
    {
        using var runtime = Runs.Create(_time);

        using (runtime.StartAgent(name))
        {
            Runs.Call(runtime);
        }

        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.agent.runs", ("agent", "unknown")));
        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.calls", ("agent", "unknown")));
    }

    [Fact]
    public void StartAgent_HugeAndCountlessNames_AreBoundedWithExactTotals()
    {
        using var runtime = Runs.Create(_time);

        for (var i = 0; i < 500; i++)
        {
            using var run = runtime.StartAgent(i + new string('x', 100_000));
        }

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(500, snapshot.Sum("llm.agent.runs"));
        Assert.Equal(400, snapshot.Sum("llm.agent.runs", ("agent", "__other__")));
        Assert.True(snapshot.TryGetFamily("llm.agent.runs", out var runs));
        Assert.All(runs.Select(static series => series.Tag("agent")!.Length), static length =>
            Assert.InRange(length, 1, 256));
    }

    [Fact]
    public async Task MeasureAgentAsync_SwitchedOff_HandsTheTaskOnUntouched()
    {
        using var runtime = RuntimeBuilder.Create(static options => options.Enabled = false);
        var task = new TaskCompletionSource<int>();

        var measured = runtime.MeasureAgentAsync("a", _ => task.Task);

        Assert.Same(task.Task, measured);
        task.SetResult(1);
        Assert.Equal(1, await measured);
    }

    private static async Task CallLaterAsync(LlmMetricsRuntime runtime, int tokens)
    {
        await Task.Yield();
        Runs.Call(runtime, tokens);
    }

    private static async ValueTask<int> Later(int value)
    {
        await Task.Yield();
        return value;
    }

    private static void ThrowDeep(Exception exception) => throw exception;

    [Fact]
    public async Task StartAgent_CallsAndToolsInside_CountForTheInnermostAgent()
    {
        await using var metrics = RuntimeBuilder.Create();
        metrics.MeasureAgent("unaware", static () => { });

        await metrics.MeasureAgentAsync("outer", async cancellationToken =>
        {
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
            {
                await Task.Yield();
                metrics.Record(new LlmCall { RequestModel = "m" });
            })));
            await metrics.MeasureAgentAsync("inner", async _ =>
            {
                await Task.Yield();
                metrics.MeasureTool("search", static () => { });
                using (metrics.BeginScope(feature: "f"))
                {
                    metrics.Record(new LlmCall { RequestModel = "m", Outcome = LlmOutcome.Error });
                }

                metrics.Record(new LlmCall { RequestModel = "m", Agent = "somebody else" });
            }, cancellationToken);
            metrics.MeasureTool("search", static () => { });
            metrics.MeasureTool("search", static () => { });
        });
        metrics.MeasureAgent("idle", static () => { });
        metrics.Record(new AgentRun { Agent = "told", InferenceCalls = 5 });

        var snapshot = metrics.GetSnapshot();
        Assert.Equal((3, 2), (Calls("outer"), Tools("outer")));
        Assert.Equal((1, 1), (Calls("inner"), Tools("inner")));
        Assert.Equal((0, 0), (Calls("idle"), Tools("idle")));
        Assert.Equal((5, null), (Calls("told"), Tools("told")));

        // Before the app has told of any call, there being none means nothing.
        Assert.Equal((null, null), (Calls("unaware"), Tools("unaware")));

        double? Calls(string agent) => Sum("gen_ai.invoke_agent.inference_calls", agent);
        double? Tools(string agent) => Sum("gen_ai.invoke_agent.tool_calls", agent);
        double? Sum(string name, string agent) => snapshot.TryGetFamily(name, out var family)
            ? family.Where(series => series.Tag("gen_ai.agent.name") == agent)
                .Select(static series => (double?)series.Sum).SingleOrDefault()
            : null;
    }

    [Fact]
    public void StartAgent_NothingElseShowsCalls_CountsThemStill()
    {
        using var metrics = RuntimeBuilder.Create(MetricProfile.Create("agents", static profile => profile
            .Histogram(FactKind.AgentRun, "calls", FactValue.InferenceCalls).Buckets(1, 2, 4)));

        metrics.MeasureAgent("a", () => metrics.Record(new LlmCall { RequestModel = "m" }));

        Assert.True(metrics.GetSnapshot().TryGetFamily("calls", out var family));
        Assert.Equal(1, Assert.Single(family).Sum);
    }
}
