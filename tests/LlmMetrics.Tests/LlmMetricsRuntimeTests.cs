using System.Diagnostics.Metrics;

namespace LlmMetrics.Tests;

[Collection(RunsAlone.Name)]
public sealed class LlmMetricsRuntimeTests
{
    [Fact]
    public void Create_AndDisposeInALoop_LeavesMemoryFlat()
    {
        Cycle(50);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        Cycle(300);

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 5 << 20, $"the heap grew by {grown} bytes");
    }

    [Fact]
    public void Take_MetersMadeAndDisposedInALoop_LeavesMemoryFlat()
    {
        using var runtime = RuntimeBuilder.Create(static options => options.Meters.Add("short.lived"));
        Measure(1000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        Measure(100_000);

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 5 << 20, $"the heap grew by {grown} bytes");
        Assert.Equal(101_000, runtime.GetSnapshot().Sum("short.count"));
    }

    private static void Measure(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var meter = new Meter("short.lived");
            meter.CreateCounter<long>("short.count").Add(1);
        }
    }

    private static void Cycle(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var runtime = RuntimeBuilder.Create();
            runtime.Record(new LlmCall { RequestModel = "m", InputTokens = 1, Duration = TimeSpan.FromSeconds(1) });
            using var snapshot = runtime.LeaseSnapshot();
            Assert.Equal(1, snapshot.Sum("llm.calls"));
        }
    }
}
