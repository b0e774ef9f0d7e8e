using System.Diagnostics.Metrics;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Collection;

public sealed class SnapshotTests
{
    [Fact]
    public void Dispose_OneOfSeveralLeases_EndsNoOther()
    {
        using var runtime = WithOneCall();
        var first = runtime.LeaseSnapshot();
        var shared = first.Share();
        var detached = first.Detach();

        first.Dispose();
        first.Dispose();
        runtime.Record(new LlmCall { RequestModel = "m" });
        using var later = runtime.LeaseSnapshot();

        Assert.Throws<ObjectDisposedException>(() => first.Families.Count);
        Assert.Throws<ObjectDisposedException>(() => first.Timestamp);
        Assert.Equal(1, shared.Sum("llm.calls"));
        Assert.Equal(1, detached.Sum("llm.calls"));
        Assert.Equal(2, later.Sum("llm.calls"));
        shared.Dispose();
    }

    [Fact]
    public void Revoke_WhileOthersRead_LeavesTheirValuesAlone()
    {
        using var runtime = WithOneCall();
        var hung = runtime.LeaseSnapshot();
        var other = hung.Share();
        Assert.True(hung.TryGetFamily("llm.calls", out var family));

        hung.Revoke();
        other.Dispose();
        for (var i = 0; i < 10; i++)
        {
            runtime.Record(new LlmCall { RequestModel = "m" });
            using var next = runtime.LeaseSnapshot();
            Assert.Equal(i + 2, next.Sum("llm.calls"));
        }

        Assert.Throws<ObjectDisposedException>(() => family.Count);
        Assert.Throws<ObjectDisposedException>(() => hung.Share());
    }

    [Fact]
    public void LeaseSnapshot_EndedLease_AllocatesNothing()
    {
        using var runtime = WithOneCall();
        var lease = runtime.LeaseSnapshot();
        lease.Dispose();

        Assert.Equal(0, Allocations.Measure(() => runtime.LeaseSnapshot(lease).Dispose(), rounds: 200));
    }

    [Fact]
    public void LeaseSnapshot_EndedLease_IsAnOrdinaryLeaseAgain()
    {
        using var runtime = WithOneCall();
        var lease = runtime.LeaseSnapshot(null);
        Assert.Throws<InvalidOperationException>(() => runtime.LeaseSnapshot(lease));
        Assert.Equal(1, lease.Sum("llm.calls"));
        lease.Dispose();
        Assert.Throws<ObjectDisposedException>(() => lease.Families.Count);
        runtime.Record(new LlmCall { RequestModel = "m" });

        Assert.Same(lease, runtime.LeaseSnapshot(lease));
        using var other = runtime.LeaseSnapshot();
        Assert.Equal(2, lease.Sum("llm.calls"));
        lease.Dispose();
        lease.Dispose();

        Assert.Throws<ObjectDisposedException>(() => lease.Sum("llm.calls"));
        Assert.Equal(2, other.Sum("llm.calls"));
    }

    [Fact]
    public void Families_Enumerated_AllocateNothing()
    {
        using var runtime = WithOneCall();
        using var snapshot = runtime.LeaseSnapshot();
        var total = 0.0;

        Assert.Equal(0, Allocations.Measure(() =>
        {
            foreach (var family in snapshot.Families)
            {
                foreach (var series in family)
                {
                    total += series.Value + series.Tags.Length + series.BucketCounts.Length;
                }
            }
        }));
        Assert.True(total > 0);
    }

    [Fact]
    public async Task LeaseSnapshot_ManyAtOnce_ShareCollectionsAndSeeWhatWasRecordedBefore()
    {
        using var meter = new Meter("shared.collections");
        using var arrived = new CountdownEvent(16);
        using var runtime = RuntimeBuilder.Create(static options =>
        {
            options.Meters.Add("shared.collections");
            options.CollectTimeout = TimeSpan.FromMinutes(1);
        });
        var collections = 0;
        meter.CreateObservableGauge("collections", () =>
        {
            // The first collection lasts until all have come, so that those who came meanwhile want the next one.
            Assert.True(arrived.Wait(TimeSpan.FromMinutes(1)));
            Thread.Sleep(100);
            return Interlocked.Increment(ref collections);
        });
        var counter = meter.CreateCounter<long>("before");

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Factory.StartNew(
            () =>
            {
                counter.Add(1);
                arrived.Signal();
                using var snapshot = runtime.LeaseSnapshot();
                Assert.True(snapshot.Sum("before") >= 1);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.InRange(collections, 1, 8);
        Assert.Equal(16, runtime.GetSnapshot().Sum("before"));
    }

    [Fact]
    public void LeaseSnapshot_CallbackHangs_GoesOnAfterTheDeadline()
    {
        using var meter = new Meter("hanging");
        using var release = new ManualResetEventSlim();
        using var runtime = RuntimeBuilder.Create(static options =>
        {
            options.Meters.Add("hanging");
            options.CollectTimeout = TimeSpan.FromSeconds(2);
        });
        meter.CreateObservableGauge("hung", () =>
        {
            release.Wait();
            return 1;
        });
        runtime.Record(new LlmCall { RequestModel = "m" });

        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.calls"));
        var start = Environment.TickCount64;
        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.calls"));

        // Whoever waited again would do so for two seconds.
        Assert.InRange(Environment.TickCount64 - start, 0, 1_800);

        release.Set();
        SpinWait.SpinUntil(() => runtime.GetSnapshot().TryGetFamily("hung", out _), TimeSpan.FromSeconds(30));
        Assert.Equal(1, runtime.GetSnapshot().Sum("hung"));
    }

    [Fact]
    public void LeaseSnapshot_InsideACallback_DoesNotWaitForItself()
    {
        using var meter = new Meter("reentrant.callback");
        using var runtime = RuntimeBuilder.Create(static options => options.Meters.Add("reentrant.callback"));
        runtime.Record(new LlmCall { RequestModel = "m" });
        meter.CreateObservableGauge("calls.seen", () => runtime.GetSnapshot().Sum("llm.calls"));

        var start = Environment.TickCount64;
        Assert.Equal(1, runtime.GetSnapshot().Sum("calls.seen"));
        Assert.InRange(Environment.TickCount64 - start, 0, 4000);
    }

    [Fact]
    public void HideIdleAfter_UnchangedSeries_IsHiddenAndComesBackWithItsTotal()
    {
        var time = new ManualTimeProvider();
        using var runtime = RuntimeBuilder.Create(
            static options => options.HideIdleAfter = TimeSpan.FromMinutes(5),
            builder => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions
                .AddSingleton<TimeProvider>(builder.Services, time));
        Record("idle");
        Record("busy");
        Assert.Equal(2, runtime.GetSnapshot().Sum("llm.calls"));
        time.Advance(TimeSpan.FromMinutes(4));
        Record("busy");
        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.calls", ("model", "idle")));
        time.Advance(TimeSpan.FromMinutes(1));

        var hidden = runtime.GetSnapshot();
        Record("idle");
        var back = runtime.GetSnapshot();

        Assert.Equal(double.NaN, hidden.Sum("llm.calls", ("model", "idle")));
        Assert.Equal(2, hidden.Sum("llm.calls", ("model", "busy")));
        Assert.True(hidden.TryGetFamily("llm.calls", out var family));
        Assert.Equal(1, family[0].Index);
        Assert.Equal("busy", family[0].Tag("model"));
        Assert.Equal(1, hidden.Sum("app.info"));
        Assert.Equal(2, back.Sum("llm.calls", ("model", "idle")));

        void Record(string model) => runtime.Record(new LlmCall { RequestModel = model });
    }

    private static LlmMetricsRuntime WithOneCall()
    {
        var runtime = RuntimeBuilder.Create();
        runtime.Record(new LlmCall { RequestModel = "m", InputTokens = 5, Duration = TimeSpan.FromSeconds(1) });
        return runtime;
    }
}
