using LlmMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Tests.Export;

[Collection(RunsAlone.Name)]
public sealed class ExporterTests
{
    /// <summary>Milliseconds: who waits for what hangs does so for ever; a busy machine is late by seconds.</summary>
    private const int Late = 15_000;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Schedule_OneThrowsAndOneHangs_TheGoodOneGetsEveryCycle()
    {
        const int Cycles = 1000;
        var time = new ManualTimeProvider();
        var exported = new SemaphoreSlim(0);
        var threw = new SemaphoreSlim(0);
        var hung = new TaskCompletionSource();
        var (good, thrown, inFlight, values) = (0, 0, 0, 0.0);
        var schedule = new ExportSchedule { Interval = TimeSpan.FromSeconds(10), Timeout = TimeSpan.FromSeconds(25) };
        var runtime = Create(time, builder => builder
            .AddExporter(
                (_, _) =>
                {
                    thrown++;
                    threw.Release();
                    throw new InvalidOperationException("exporter");
                },
                "throwing", schedule)
            .AddExporter(
                async (_, _) =>
                {
                    Interlocked.Increment(ref inFlight);
                    await hung.Task;
                },
                "hanging", schedule)
            .AddExporter(
                (snapshot, _) =>
                {
                    values = snapshot.Sum("llm.calls");
                    good++;
                    exported.Release();
                    return ValueTask.CompletedTask;
                },
                "good", schedule));

        for (var i = 1; i <= Cycles; i++)
        {
            runtime.Record(new LlmCall { RequestModel = "m" });
            await WaitForTimersAsync(time, 3);
            time.Advance(TimeSpan.FromSeconds(10));
            Assert.True(await exported.WaitAsync(_patience), $"cycle {i} was not exported");
            Assert.True(await threw.WaitAsync(_patience), $"the throwing exporter was not called in cycle {i}");
            Assert.Equal(i, values);
        }

        Assert.Equal(Cycles, good);
        Assert.Equal(1, inFlight);
        Assert.Equal(Cycles, thrown);
        var snapshot = runtime.GetSnapshot();
        const string Failures = "llmmetrics.export.failures";
        Assert.True(snapshot.Sum(Failures, ("exporter", "throwing"), ("reason", "error")) > Cycles / 2);
        Assert.Equal(1, snapshot.Sum(Failures, ("exporter", "hanging"), ("reason", "timeout")));
        Assert.True(snapshot.Sum(Failures, ("exporter", "hanging"), ("reason", "busy")) > 1);
        Assert.Equal(double.NaN, snapshot.Sum(Failures, ("exporter", "good")));
        hung.SetResult();
        await runtime.DisposeAsync();
    }

    [Fact]
    public async Task ExportAsync_OneFails_AsksAllAndSaysSo()
    {
        var fails = true;
        await using var runtime = Create(TimeProvider.System, builder => builder
            .AddExporter<CountingExporter>()
            .AddExporter((_, _) => fails ? throw new InvalidOperationException() : ValueTask.CompletedTask, "failing"));

        var first = await runtime.ExportAsync();
        fails = false;
        var second = await runtime.ExportAsync();

        Assert.False(first);
        Assert.True(second);
        Assert.Equal(2, runtime.GetSnapshot().Sum("llmmetrics.export.duration", ("exporter", "CountingExporter")));
    }

    [Fact]
    public async Task ExportAsync_WaitedInVainForAHungOne_ExportsAgainOnceItIsBack()
    {
        var time = new ManualTimeProvider();
        var called = new SemaphoreSlim(0);
        var hung = new TaskCompletionSource();
        var runtime = Create(time, builder => builder.AddExporter(
            async (_, _) =>
            {
                called.Release();
                await hung.Task;
            },
            "hanging",
            new ExportSchedule { Interval = TimeSpan.FromDays(1), Timeout = TimeSpan.FromSeconds(5) }));

        var first = runtime.ExportAsync();
        Assert.True(await called.WaitAsync(_patience));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(await first.WaitAsync(_patience));

        using var impatient = new CancellationTokenSource();
        var second = runtime.ExportAsync();
        var third = runtime.ExportAsync(impatient.Token);
        await WaitForTimersAsync(time, 3);
        await impatient.CancelAsync();
        Assert.False(await third.WaitAsync(_patience));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(await second.WaitAsync(_patience));

        hung.SetResult();
        Assert.True(await runtime.ExportAsync().WaitAsync(_patience));
        await runtime.DisposeAsync();
    }

    [Fact]
    public async Task ExportAsync_CallbackHangs_DoesNotKeepItsCaller()
    {
        using var release = new ManualResetEventSlim();
        await using var runtime = RuntimeBuilder.Create(
            static options => options.CollectTimeout = TimeSpan.FromMinutes(1),
            static builder => builder.AddExporter(static (_, _) => ValueTask.CompletedTask));
        runtime.Business.ObservedGauge("hangs", () =>
        {
            release.Wait();
            return 1;
        });

        var start = Environment.TickCount64;
        var export = runtime.ExportAsync();
        var waited = Environment.TickCount64 - start;
        release.Set();

        Assert.True(await export.WaitAsync(_patience));
        Assert.InRange(waited, 0, 30_000);
    }

    [Fact]
    public async Task ExportAsync_InsideAnExport_DoesNotWaitForItself()
    {
        LlmMetricsRuntime? runtime = null;
        bool? inner = null;
        await using var created = Create(TimeProvider.System, builder => builder.AddExporter(
            async (_, cancellation) => inner ??= await runtime!.ExportAsync(cancellation)));
        runtime = created;

        Assert.True(await runtime.ExportAsync().WaitAsync(_patience));
        Assert.False(inner);
    }

    [Fact]
    public async Task ExportAsync_SnapshotKeptAfterTheCall_IsRefused()
    {
        MetricsSnapshot? kept = null;
        MetricsSnapshot? detached = null;
        await using var runtime = Create(TimeProvider.System, builder => builder.AddExporter((snapshot, _) =>
        {
            (kept, detached) = (snapshot, snapshot.Detach());
            return ValueTask.CompletedTask;
        }));
        runtime.Record(new LlmCall { RequestModel = "m" });

        await runtime.ExportAsync();

        Assert.Throws<ObjectDisposedException>(() => kept!.Sum("llm.calls"));
        Assert.Equal(1, detached!.Sum("llm.calls"));
    }

    [Fact]
    public async Task DisposeAsync_ExporterHangs_ReturnsAfterTheTimeoutAndFlushesTheRest()
    {
        var last = 0.0;
        var runtime = RuntimeBuilder.Create(
            static options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(500),
            builder => builder
                .AddExporter(
                    static async (_, _) => await Task.Delay(Timeout.Infinite, CancellationToken.None), "hanging")
                .AddExporter((snapshot, _) =>
                {
                    last = snapshot.Sum("llm.calls");
                    return ValueTask.CompletedTask;
                }));
        runtime.Record(new LlmCall { RequestModel = "m" });

        var start = Environment.TickCount64;
        await Task.WhenAll(runtime.DisposeAsync().AsTask(), runtime.DisposeAsync().AsTask());
        await runtime.DisposeAsync();

        Assert.InRange(Environment.TickCount64 - start, 400, Late);
        Assert.Equal(1, last);
    }

    [Fact]
    public async Task DisposeAsync_CallbackHangs_ReturnsAfterTheTimeout()
    {
        using var release = new ManualResetEventSlim();
        var runtime = RuntimeBuilder.Create(
            static options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(300),
            static builder => builder.AddExporter(static (_, _) => ValueTask.CompletedTask));
        runtime.Business.ObservedGauge("hangs", () =>
        {
            release.Wait();
            return 1;
        });

        var start = Environment.TickCount64;
        await runtime.DisposeAsync();

        Assert.InRange(Environment.TickCount64 - start, 200, Late);
        release.Set();
    }

    [Fact]
    public async Task StopAsync_OfAHost_Flushes()
    {
        var exports = new List<double>();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddLlmMetrics().AddExporter((snapshot, _) =>
        {
            exports.Add(snapshot.Sum("llm.calls"));
            return ValueTask.CompletedTask;
        });
        using var host = builder.Build();
        await host.StartAsync();
        host.Services.GetRequiredService<LlmMetricsRuntime>().Record(new LlmCall { RequestModel = "m" });

        await host.StopAsync();

        Assert.Equal([1.0], exports);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task DisposeAsync_OfAContainerWithoutHost_FlushesWhenEnabled(bool enabled, int expected)
    {
        var exports = 0;
        var services = new ServiceCollection();
        services.AddLlmMetrics(options => options.Enabled = enabled).AddExporter((_, _) =>
        {
            exports++;
            return ValueTask.CompletedTask;
        });
        await using (var provider = services.BuildServiceProvider())
        {
            provider.GetRequiredService<LlmMetricsRuntime>();
        }

        Assert.Equal(expected, exports);
    }

    [Fact]
    public void Create_WrongSchedules_ListsAllErrors()
    {
        var error = Assert.Throws<OptionsValidationException>(() => Create(TimeProvider.System, static b => b
            .AddExporter(static (_, _) => default, "fast", new() { Interval = TimeSpan.Zero })
            .AddExporter(static (_, _) => default, "never", new() { Timeout = TimeSpan.FromSeconds(-1) })));

        Assert.Equal(2, error.Failures.Count());
        Assert.Contains("'fast': Interval is 00:00:00", error.Message, StringComparison.Ordinal);
        Assert.Contains("'never': Timeout is -00:00:01", error.Message, StringComparison.Ordinal);
    }

    private static LlmMetricsRuntime Create(TimeProvider time, Action<ILlmMetricsBuilder> build) =>
        RuntimeBuilder.Create(configure: null, builder =>
        {
            builder.Services.AddSingleton(time);
            build(builder);
        });

    /// <summary>Exports run on the pool: a loop that has not come back to its timer would miss the next tick.</summary>
    private static async Task WaitForTimersAsync(ManualTimeProvider time, int count)
    {
        for (var i = 0; time.ActiveTimers < count && i < 20_000; i++)
        {
            await Task.Delay(1);
        }
    }

    private sealed class CountingExporter : IMetricsExporter
    {
        public ValueTask ExportAsync(MetricsSnapshot snapshot, CancellationToken cancellationToken) =>
            ValueTask.CompletedTask;
    }
}
