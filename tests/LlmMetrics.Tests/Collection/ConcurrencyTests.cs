using System.Diagnostics.Metrics;
using LlmMetrics.Collection;
using LlmMetrics.Facts;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Collection;

public sealed class ConcurrencyTests
{
    private const int Threads = 64;
    private const int Updates = 200_000;

    // Each records a call and with it four series.
    private const int Calls = Updates / 4;
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private static readonly MetricProfile _profile = MetricProfile.Create("concurrency", static profile =>
    {
        profile.Counter(FactKind.LlmCall, "calls").Tag("model", FactField.RequestModel);
        profile.Counter(FactKind.LlmCall, "tokens", FactValue.InputTokens).Tag("model", FactField.RequestModel);
        profile.Counter(FactKind.LlmCall, "cost", FactValue.CostUsd).Tag("model", FactField.RequestModel);
        profile.Histogram(FactKind.LlmCall, "duration").Buckets(0.25, 0.5, 1).Tag("model", FactField.RequestModel);
        profile.UpDownCounter(FactKind.ActiveLlmCall, "active").Tag("model", FactField.RequestModel);
    });

    [Fact]
    public Task Record_ManyThreadsWhileSnapshotsAreTaken_IsExactAndMonotone() => RecordAsync(Calls);

    [LongFact]
    public Task Record_FourTimesAsMany_IsExactAndMonotone() => RecordAsync(4 * Calls);

    private static async Task RecordAsync(int calls)
    {
        using var runtime = RuntimeBuilder.Create(_profile);
        using var stop = new CancellationTokenSource();
        using var seen = new ManualResetEventSlim();
        var watching = Task.Run(() => WatchAsync(runtime, seen, stop.Token));

        await RunAsync(_ =>
        {
            var call = new LlmCall
            {
                RequestModel = "m", InputTokens = 3, CostUsd = 0.5, Duration = TimeSpan.FromSeconds(0.5),
            };
            var keys = default(FactData);
            keys.KeyFields[(int)FactField.RequestModel] = "m";
            for (var i = 0; i < calls; i++)
            {
                if (i == calls / 2)
                {
                    Assert.True(seen.Wait(_patience), "no snapshot was taken while threads recorded");
                }

                runtime.Record(in call);
                if (i % 100 == 0)
                {
                    var active = runtime.Recorder.Bind(FactKind.ActiveLlmCall, in keys)!;
                    active.Add(1);
                    active.Add(-1);
                }
            }
        });

        await stop.CancelAsync();
        await watching;
        var all = (long)Threads * calls;
        var snapshot = runtime.GetSnapshot();
        Assert.Equal(all, snapshot.Sum("calls"));
        Assert.Equal(all * 3, snapshot.Sum("tokens"));
        Assert.Equal(all * 0.5, snapshot.Sum("cost"));
        Assert.Equal(0, snapshot.Sum("active"));
        Assert.True(snapshot.TryGetFamily("duration", out var duration));
        Assert.Equal([0, all, 0, 0], duration[0].BucketCounts.ToArray());
        Assert.Equal(all * 0.5, duration[0].Sum);
    }

    [LongFact]
    public async Task LeaseSnapshot_TenThousandWhileManyThreadsRecord_NoneIsTorn()
    {
        using var runtime = RuntimeBuilder.Create(_profile);
        using var stop = new CancellationTokenSource();
        var recorded = 0L;
        var recording = RunAsync(_ =>
        {
            var count = 0L;
            while (!stop.IsCancellationRequested)
            {
                runtime.Record(new LlmCall
                {
                    RequestModel = "m", InputTokens = 3, CostUsd = 0.5, Duration = TimeSpan.FromSeconds(0.5),
                });
                count++;
                if (count % 100 == 0)
                {
                    // So that the reader gets its turn on few cores: threads that never rest starve it.
                    Thread.Sleep(5);
                }
            }

            Interlocked.Add(ref recorded, count);
        });
        var watcher = new Watcher();
        while (watcher.Taken < 10_000)
        {
            watcher.Take(runtime);
        }

        await stop.CancelAsync();
        await recording;
        Assert.Equal(recorded, runtime.GetSnapshot().Sum("calls"));
        Assert.Equal(recorded * 3, runtime.GetSnapshot().Sum("tokens"));
    }

    [Fact]
    public async Task Take_ManyThreadsMakeTheSameTagSetsShuffled_MakesEachSeriesOnce()
    {
        using var meter = new Meter("shuffled");
        using var runtime = RuntimeBuilder.Create(options => options.Meters.Add("shuffled"));
        var counter = meter.CreateCounter<long>("made");
        using var start = new Barrier(Threads);

        await RunAsync(thread =>
        {
            var random = new Random(thread);
            var order = Enumerable.Range(0, 1000).ToArray();
            random.Shuffle(order);
            start.SignalAndWait();
            foreach (var i in order)
            {
                KeyValuePair<string, object?>[] tags =
                    [new("a", $"a{i}"), new("b", i % 7), new("c", "c"), new("d", true)];
                random.Shuffle(tags);
                counter.Add(1, tags);
            }
        });

        var snapshot = runtime.GetSnapshot();
        Assert.True(snapshot.TryGetFamily("made", out var made));
        Assert.Equal(1000, made.Count);
        Assert.All(made, static series => Assert.Equal(Threads, series.Int64Value));
    }

    private static async Task WatchAsync(
        LlmMetricsRuntime runtime, ManualResetEventSlim seen, CancellationToken stop)
    {
        var watcher = new Watcher();
        while (!stop.IsCancellationRequested)
        {
            watcher.Take(runtime);
            if (watcher.Taken > 0)
            {
                seen.Set();
            }

            await Task.Delay(10, CancellationToken.None);
        }
    }

    private static async Task RunAsync(Action<int> action)
    {
        var tasks = Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () => action(thread), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await Task.WhenAll([.. tasks]);
    }

    /// <summary>Looks at one snapshot after the other: none may fall behind the one before, or be torn.</summary>
    private sealed class Watcher
    {
        private long _calls;
        private long _count;
        private double _sum;

        public int Taken { get; private set; }

        public void Take(LlmMetricsRuntime runtime)
        {
            using var snapshot = runtime.LeaseSnapshot();
            if (snapshot.TryGetFamily("calls", out var family))
            {
                Assert.True(family[0].Int64Value >= _calls, "a counter fell");
                _calls = family[0].Int64Value;
            }

            if (snapshot.TryGetFamily("duration", out family))
            {
                Assert.True(family[0].Count >= _count, "a histogram's count fell");
                Assert.Equal(family[0].Count * 0.5, family[0].Sum);
                Assert.True(family[0].Sum >= _sum, "a histogram's sum fell");
                (_count, _sum) = (family[0].Count, family[0].Sum);
                Taken++;
            }
        }
    }
}
