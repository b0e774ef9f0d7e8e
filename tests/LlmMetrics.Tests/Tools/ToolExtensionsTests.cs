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
