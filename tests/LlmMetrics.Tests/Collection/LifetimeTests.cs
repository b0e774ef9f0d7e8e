using System.Diagnostics.Metrics;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Collection;

/// <summary>What comes and goes in a loop leaves nothing behind.</summary>
[Collection(RunsAlone.Name)]
public sealed class LifetimeTests
{
    private const long Limit = 5 << 20;

    [Fact]
    public Task Dispose_ContainersInALoop_LeavesNothing() => CycleContainersAsync(300);

    [LongFact]
    public Task Dispose_100000ContainersInALoop_LeavesNothing() => CycleContainersAsync(100_000);

    [Fact]
    public void Take_MetersInALoop_LeavesNothingAndKeepsTheTotal() => CycleMeters(3_000);

    [LongFact]
    public void Take_100000MetersInALoop_LeavesNothingAndKeepsTheTotal() => CycleMeters(100_000);

    private static async Task CycleContainersAsync(int cycles)
    {
        await CycleAsync(30);
        var threads = System.Diagnostics.Process.GetCurrentProcess().Threads.Count;
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await CycleAsync(cycles);

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < Limit, $"{cycles} containers left {grown:N0} bytes");
        Assert.InRange(System.Diagnostics.Process.GetCurrentProcess().Threads.Count, 0, threads + 30);
    }

    private static async Task CycleAsync(int cycles)
    {
        var exports = 0;
        for (var i = 0; i < cycles; i++)
        {
            await using var runtime = RuntimeBuilder.Create(
                static options => options.Meters.Add("System.Runtime"),
                builder => builder.AddExporter((_, _) =>
                {
                    exports++;
                    return ValueTask.CompletedTask;
                }));
            runtime.Record(new LlmCall { RequestModel = "m", InputTokens = 1, Duration = TimeSpan.FromSeconds(1) });
            runtime.Business.ObservedGauge("observed", static () => 1);
            using var scope = runtime.BeginScope(feature: "f");
            using var snapshot = runtime.LeaseSnapshot();
            Assert.Equal(1, snapshot.Sum("llm.calls"));
        }

        Assert.Equal(cycles, exports);
    }

    private static void CycleMeters(int cycles)
    {
        using var runtime = RuntimeBuilder.Create(static options => options.Meters.Add("cycled"));
        Cycle(runtime, 100);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        Cycle(runtime, cycles);

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < Limit, $"{cycles} meters left {grown:N0} bytes");
        var snapshot = runtime.GetSnapshot();
        Assert.Equal(cycles + 100, snapshot.Sum("cycled.count"));
        Assert.Equal(cycles + 100, snapshot.Sum("cycled.time"));
        Assert.False(snapshot.TryGetFamily("cycled.level", out _), "the gauge of a disposed meter is still observed");
    }

    private static void Cycle(LlmMetricsRuntime runtime, int cycles)
    {
        for (var i = 0; i < cycles; i++)
        {
            using var meter = new Meter("cycled");
            meter.CreateCounter<long>("cycled.count").Add(1, new KeyValuePair<string, object?>("k", i % 10));
            meter.CreateHistogram<double>("cycled.time", "s").Record(0.1);
            meter.CreateObservableGauge("cycled.level", static () => 7);
            if (i % 500 == 0)
            {
                using var snapshot = runtime.LeaseSnapshot();
                Assert.Equal(7, snapshot.Sum("cycled.level"));
            }
        }
    }
}
