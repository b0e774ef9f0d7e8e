using LlmMetrics.Scopes;
using LlmMetrics.Testing;
using LlmMetrics.Tests.Measuring;

namespace LlmMetrics.Tests.Tools;

public sealed class ToolExtensionsTests
{
    [Fact]
    public void MeasureTool_WithinAnAgent_OpensNoScopeAndNamesTheAgent()
    {
        using var runtime = RuntimeBuilder.Create();

        runtime.MeasureAgent("writer", () => runtime.MeasureTool("search", () =>
        {
            Assert.Equal("writer", ScopeFrame.Current?.Agent);
            Runs.Call(runtime);
        }));

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum(
            "gen_ai.execute_tool.duration", ("gen_ai.tool.name", "search"), ("gen_ai.agent.name", "writer")));
        Assert.Equal(1, snapshot.Sum("llm.calls", ("agent", "writer")));
    }

    [Fact]
    public void MeasureTool_SteadyState_AllocatesNothing()
    {
        using var runtime = RuntimeBuilder.Create();
        Action action = static () => { };
        Func<int> function = static () => 1;
        Func<CancellationToken, ValueTask> valueTask = static _ => ValueTask.CompletedTask;
        var done = Task.FromResult(7);
        Func<CancellationToken, Task<int>> task = _ => done;

        Assert.Equal(0, Allocations.Measure(() => runtime.MeasureTool("t", action)));
        Assert.Equal(0, Allocations.Measure(() => runtime.MeasureTool("t", function)));
        Assert.Equal(0, Allocations.Measure(() => runtime.Measure("f", action)));
        Assert.Equal(0, Allocations.Measure(() => _ = runtime.MeasureToolAsync("t", valueTask).AsTask()));
        Assert.Equal(0, Allocations.Measure(() => _ = runtime.MeasureToolAsync("t", task)));
        Assert.Equal(0, Allocations.Measure(() =>
        {
            using var run = runtime.StartTool("t");
            run.Cache(true);
        }));
    }

    [Fact]
    public void MeasureToolAsync_Pending_AllocatesOneStateMachine()
    {
        // Without a context of the test's, what waits goes on within SetResult, on this thread.
        SynchronizationContext.SetSynchronizationContext(null);
        using var runtime = RuntimeBuilder.Create();
        var source = new TaskCompletionSource();
        Func<CancellationToken, Task> action = _ => source.Task;
        var one = Allocations.Measure(() => Complete(AwaitAsync(source.Task)));
        var measured = Allocations.Measure(() => Complete(runtime.MeasureToolAsync("t", action)));

        // The same state machine with the handle of the run in it.
        Assert.InRange(measured - one, 0, 64);

        void Complete(Task task)
        {
            source.SetResult();
            Assert.True(task.IsCompletedSuccessfully);
            source = new TaskCompletionSource();
        }

        static async Task AwaitAsync(Task task) => await task.ConfigureAwait(false);
    }

    [Fact]
    public void MeasureTool_InTurnWithAndWithoutScope_IsRecordedWithEachItsOwnTags()
    {
        using var runtime = RuntimeBuilder.Create();
        Action action = static () => { };
        for (var i = 0; i < 3; i++)
        {
            runtime.MeasureTool("t", action);
            using (runtime.BeginScope(agent: "a"))
            {
                runtime.MeasureTool("t", action);
            }

            runtime.MeasureTool("u", action);
            Assert.Throws<TimeoutException>(() => runtime.MeasureTool("t", static () => throw new TimeoutException()));
        }

        const string Duration = "gen_ai.execute_tool.duration";
        var snapshot = runtime.GetSnapshot();
        Assert.Equal(9, snapshot.Sum(Duration, ("gen_ai.tool.name", "t")));
        Assert.Equal(3, snapshot.Sum(Duration, ("gen_ai.tool.name", "t"), ("gen_ai.agent.name", "a")));
        Assert.Equal(3, snapshot.Sum(Duration, ("gen_ai.tool.name", "t"), ("error.type", "System.TimeoutException")));
        Assert.Equal(3, snapshot.Sum(Duration, ("gen_ai.tool.name", "u")));
    }

    [Fact]
    public void MeasureTool_ManyNames_AreFoldedAndCountedAsSuchEachTime()
    {
        using var runtime = RuntimeBuilder.Create(static options => options.Cardinality.MaxValuesPerField = 2);
        string[] names = ["a", "b", "c"];
        for (var i = 0; i < 4; i++)
        {
            foreach (var name in names)
            {
                runtime.MeasureTool(name, static () => { });
            }
        }

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(4, snapshot.Sum("gen_ai.execute_tool.duration", ("gen_ai.tool.name", "__other__")));
        Assert.Equal(12, snapshot.Sum("gen_ai.execute_tool.duration"));
    }

    [Fact]
    public void MeasureAgent_SteadyState_AllocatesItsScopeOnly()
    {
        using var runtime = RuntimeBuilder.Create();
        Action action = static () => { };
        var done = Task.FromResult(7);
        Func<CancellationToken, Task<int>> task = _ => done;

        // docs/agents.md says so.
        Assert.Equal(176, Allocations.Measure(() => runtime.MeasureAgent("a", action)));
        Assert.InRange(Allocations.Measure(() => _ = runtime.MeasureAgentAsync("a", task)), 1, 256);
    }

    [Fact]
    public void StartTool_SwitchedOff_CostsNothingAndOpensNothing()
    {
        using var runtime = RuntimeBuilder.Create(static options => options.Enabled = false);

        Assert.Equal(0, Allocations.Measure(() =>
        {
            using var run = runtime.StartAgent("a");
            Assert.Null(ScopeFrame.Current);
        }));
    }
}
