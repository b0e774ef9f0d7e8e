using LlmMetrics.Scopes;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Measuring;

public sealed class MeasuredRunTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Cache_HitAndMiss_AreTold()
    {
        using var runtime = Runs.Create(_time);

        foreach (var hit in new[] { true, true, false })
        {
            using var run = runtime.StartAgent("a");
            run.Cache(hit);
        }

        Assert.Equal(2, runtime.GetSnapshot().Sum("llm.agent.runs", ("cache", "hit")));
        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.agent.runs", ("cache", "miss")));
    }

    [Fact]
    public void Fail_ErrorTypeOrNothing_IsTold()
    {
        using var runtime = Runs.Create(_time);

        using (var run = runtime.StartTool("t"))
        {
            run.Fail("quota");
        }

        using (var run = runtime.StartTool("t"))
        {
            run.Fail((string?)null);
        }

        using (var run = runtime.StartTool("t"))
        {
            run.Fail(new GenericException<int>());
        }

        Assert.Equal(1, runtime.GetSnapshot().Sum("gen_ai.execute_tool.duration", ("error.type", "quota")));
        Assert.Equal(1, runtime.GetSnapshot().Sum("gen_ai.execute_tool.duration", ("error.type", "_OTHER")));
        Assert.Equal(1, runtime.GetSnapshot().Sum(
            "gen_ai.execute_tool.duration",
            ("error.type", "LlmMetrics.Tests.Measuring.MeasuredRunTests+GenericException`1")));
    }

    [Fact]
    public void Count_Items_AreCountedAtOnceByRun()
    {
        using var runtime = Runs.Create(_time);

        using var workflow = runtime.StartWorkflow("nightly");
        workflow.Count("articles", 3);
        workflow.Count("articles");
        using (var run = runtime.StartAgent("writer"))
        {
            run.Count("posts", 5);
            run.Count("posts", -1);
        }

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(4, snapshot.Sum("app.items", ("item", "articles"), ("workflow", "nightly")));
        Assert.Equal(5, snapshot.Sum("app.items", ("item", "posts"), ("agent", "writer"), ("workflow", "nightly")));
        Assert.Equal(1, snapshot.Sum("llmmetrics.dropped", ("reason", "negative")));
    }

    [Fact]
    public void Dispose_TwiceAndByCopies_RecordsOnce()
    {
        using var runtime = Runs.Create(_time);

        var run = runtime.StartAgent("a");
        var copy = run;
        run.Dispose();
        copy.Dispose();
        using (var next = runtime.StartAgent("b"))
        {
            // The state of "a" may have been taken up by "b", which its handles must not touch.
            copy.Fail("late");
            copy.Cache(true);
            copy.Count("late");
            copy.Dispose();
            Assert.False(next == copy);
            Assert.Equal("b", ScopeFrame.Current?.Agent);
        }

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("llm.agent.runs", ("agent", "a"), ("outcome", "ok")));
        Assert.Equal(1, snapshot.Sum("llm.agent.runs", ("agent", "b"), ("outcome", "ok")));
        Assert.Equal(double.NaN, snapshot.Sum("app.items"));
        Assert.Null(ScopeFrame.Current);
    }

    [Fact]
    public void Dispose_FromManyThreads_RecordsOnce()
    {
        using var runtime = Runs.Create(_time);

        for (var i = 0; i < 200; i++)
        {
            var run = runtime.StartTool("t");
            Parallel.For(0, 4, _ => run.Dispose());
        }

        Assert.Equal(200, runtime.GetSnapshot().Sum("gen_ai.execute_tool.duration"));
    }

    [Fact]
    public void Dispose_DefaultHandle_DoesNothing()
    {
        var run = default(MeasuredRun);

        run.Cache(true);
        run.Fail(new FormatException());
        run.Count("x");
        run.Cancel();
        run.Dispose();

        Assert.True(run == default);
        Assert.Equal(default(MeasuredRun).GetHashCode(), run.GetHashCode());
    }

    [Fact]
    public async Task Dispose_AfterAwaits_RestoresTheScopeAround()
    {
        using var runtime = Runs.Create(_time);

        using (runtime.BeginScope(agent: "around"))
        {
            using (runtime.StartAgent("inner"))
            {
                await Task.Yield();
                Assert.Equal("inner", ScopeFrame.Current?.Agent);
            }

            Assert.Equal("around", ScopeFrame.Current?.Agent);
        }

        Assert.Null(ScopeFrame.Current);
    }

    private sealed class GenericException<T> : Exception;
}
