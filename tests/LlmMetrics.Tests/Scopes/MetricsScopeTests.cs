namespace LlmMetrics.Tests.Scopes;

public sealed class MetricsScopeTests
{
    [Fact]
    public async Task BeginScope_ParallelFlows_DoNotMix()
    {
        using var runtime = RuntimeBuilder.Create();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () =>
        {
            using var scope = runtime.BeginScope(feature: $"f{i}");
            await Task.Yield();
            using (runtime.BeginScope(agent: $"a{i}"))
            {
                await Task.Yield();
                Record(runtime);
            }
        })));

        var snapshot = runtime.GetSnapshot();
        Assert.All(Enumerable.Range(0, 50), i =>
            Assert.Equal(1, snapshot.Sum("llm.calls", ("feature", $"f{i}"), ("agent", $"a{i}"))));
    }

    [Fact]
    public void BeginScope_FieldOfTheFactItself_Wins()
    {
        using var runtime = RuntimeBuilder.Create();
        using var scope = runtime.BeginScope(feature: "scope", tenant: "acme");

        runtime.Record(new LlmCall { RequestModel = "m", Feature = "fact" });

        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.calls", ("feature", "fact"), ("tenant", "acme")));
    }

    [Fact]
    public void Dispose_OutOfOrder_LeavesNoScopeBehind()
    {
        using var runtime = RuntimeBuilder.Create();
        var outer = runtime.BeginScope(feature: "outer");
        var inner = runtime.BeginScope(agent: "inner");

        outer.Dispose();
        Record(runtime);
        inner.Dispose();
        Record(runtime);
        inner.Dispose();
        outer.Dispose();

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("llm.calls", ("agent", "inner")));
        Assert.Equal(1, snapshot.Sum("llm.calls", ("feature", "outer")));
        Assert.Equal(2, snapshot.Sum("llm.calls"));
    }

    [Fact]
    public async Task Dispose_WhileATaskGoesOn_TheTaskKeepsItsScope()
    {
        using var runtime = RuntimeBuilder.Create();
        var go = new TaskCompletionSource();
        Task background;
        using (runtime.BeginScope(feature: "started"))
        {
            background = Task.Run(async () =>
            {
                await go.Task;
                using (runtime.BeginScope(agent: "later"))
                {
                    Record(runtime);
                }

                Record(runtime);
            });
        }

        Record(runtime);
        go.SetResult();
        await background;

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(2, snapshot.Sum("llm.calls", ("feature", "started")));
        Assert.Equal(3, snapshot.Sum("llm.calls"));
    }

    [Fact]
    public void BeginScope_OfAnotherRuntime_AttributesItsOwnFactsOnly()
    {
        using var one = RuntimeBuilder.Create();
        using var two = RuntimeBuilder.Create();

        using (one.BeginScope(feature: "one"))
        using (two.BeginScope(agent: "two"))
        {
            Record(one);
            Record(two);
        }

        Assert.Equal(1, one.GetSnapshot().Sum("llm.calls", ("feature", "one")));
        Assert.Equal(double.NaN, one.GetSnapshot().Sum("llm.calls", ("agent", "two")));
        Assert.Equal(1, two.GetSnapshot().Sum("llm.calls", ("agent", "two")));
        Assert.Equal(double.NaN, two.GetSnapshot().Sum("llm.calls", ("feature", "one")));
        Assert.Equal(1, two.GetSnapshot().Sum("llm.calls"));
    }

    private static void Record(LlmMetricsRuntime runtime) => runtime.Record(new LlmCall { RequestModel = "m" });
}
