using System.Diagnostics.Metrics;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Business;

public sealed class BusinessMetricsTests
{
    [Fact]
    public void Counter_WithPrefixTagsAndConstants_CountsPerSeries()
    {
        using var runtime = RuntimeBuilder.Create(MetricProfile.Prefixed("shop"), static options =>
        {
            options.ConstantTags["region"] = "eu";
            options.ConstantTags["source"] = "never: the metric has a tag of this name";
        });
        var questions = runtime.Business.Counter("questions", ["source", "language"]);
        var bound = questions.With("web", "fr");

        bound.Add();
        questions.Add(2, "web", "fr");
        questions.Add(1, "app", null);
        runtime.Business.Counter("questions", ["source", "language"]).Add(1, "app", "de");

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(3, snapshot.Sum("shop.questions", ("source", "web"), ("language", "fr"), ("region", "eu")));
        Assert.Equal(2, snapshot.Sum("shop.questions", ("source", "app"), ("region", "eu")));
        Assert.True(snapshot.TryGetFamily("shop.questions", out var family));
        Assert.All(family, static series => Assert.Equal(
            series.Tags.Length, series.Tags.ToArray().DistinctBy(static tag => tag.Key).Count()));
    }

    [Fact]
    public void With_BeforeTheFirstFigure_MakesNoSeries()
    {
        using var runtime = RuntimeBuilder.Create();

        var bound = runtime.Business.Counter("plays", ["where"]).With("here");

        Assert.False(runtime.GetSnapshot().TryGetFamily("plays", out _));
        bound.Add(0);
        Assert.Equal(0, runtime.GetSnapshot().Sum("plays", ("where", "here")));
    }

    [Fact]
    public void Add_MoreValuesThanAllowed_FoldsThemWithExactTotals()
    {
        using var runtime = RuntimeBuilder.Create(static options => options.Cardinality.MaxValuesPerField = 10);
        var one = runtime.Business.Counter("one", ["user"]);
        var two = runtime.Business.Histogram("two", tagNames: ["user"]);

        for (var i = 0; i < 1000; i++)
        {
            one.Add(1, $"u{i}");
            two.Record(1, $"u{999 - i}");
        }

        var snapshot = runtime.GetSnapshot();
        Assert.True(snapshot.TryGetFamily("one", out var family));
        Assert.Equal(11, family.Count);
        Assert.Equal(990, snapshot.Sum("one", ("user", "__other__")));
        Assert.Equal(1, snapshot.Sum("one", ("user", "u4")));
        Assert.Equal(1, snapshot.Sum("two", ("user", "u4")));
        Assert.Equal(990, snapshot.Sum("two", ("user", "__other__")));
        Assert.Equal(1000, snapshot.Sum("two"));
    }

    [Fact]
    public void Bound_InSteadyState_AllocatesNothing()
    {
        using var runtime = RuntimeBuilder.Create();
        var counter = runtime.Business.Counter("c", ["a"]).With("x");
        var histogram = runtime.Business.Histogram("h", tagNames: ["a"]);

        Assert.Equal(0, Allocations.Measure(() =>
        {
            counter.Add();
            histogram.Record(3, "x");
        }));
    }

    [Fact]
    public void Create_NameTakenByAnotherKind_Throws()
    {
        using var runtime = RuntimeBuilder.Create();
        runtime.Business.Counter("taken");

        Assert.Throws<ArgumentException>(() => runtime.Business.Gauge("taken"));
        Assert.Throws<ArgumentException>(() => runtime.Business.Counter("llm.calls"));
        Assert.Throws<ArgumentException>(() => runtime.Business.Counter("not a name"));
        Assert.Throws<ArgumentException>(() => runtime.Business.Histogram("h", [2, 1]));

        runtime.Business.Histogram("length", [1, 2]).Record(1);
        runtime.Business.Histogram("length").Record(1);
        runtime.Business.Histogram("length", [1, 2]).Record(1);
        var error = Assert.Throws<ArgumentException>(() => runtime.Business.Histogram("length", [1, 5]));
        Assert.Contains("the buckets 1, 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gauge_Set_ShowsTheLastValue()
    {
        using var runtime = RuntimeBuilder.Create();
        var gauge = runtime.Business.Gauge("level", ["pool"]);

        gauge.Set(5, "a");
        gauge.Set(-2.5, "a");
        gauge.Set(double.NaN, "a");

        Assert.Equal(-2.5, runtime.GetSnapshot().Sum("level", ("pool", "a")));
    }

    [Fact]
    public void ObservedGauge_CallbackFails_IsLeftOutUntilItWorks()
    {
        using var runtime = RuntimeBuilder.Create();
        Func<double> read = static () => 3;
        runtime.Business.ObservedGauge("sessions", () => read());
        Assert.Equal(3, runtime.GetSnapshot().Sum("sessions"));

        read = static () => throw new InvalidOperationException("callback");
        var failed = runtime.GetSnapshot();
        read = static () => 4;

        Assert.False(failed.TryGetFamily("sessions", out _));
        Assert.Equal(4, runtime.GetSnapshot().Sum("sessions"));
        Assert.Equal(1, runtime.GetSnapshot().Sum("llmmetrics.dropped", ("reason", "callback")));
    }

    [Fact]
    public void ObservedGauge_WithTags_ShowsWhatTheCallbackGivesAtEachCollection()
    {
        using var runtime = RuntimeBuilder.Create(static options =>
        {
            options.ConstantTags["region"] = "eu";
            options.DroppedTags.Add("queues:secret");
        });
        var queues = new Dictionary<string, double> { ["in"] = 3, ["out"] = 5 };
        runtime.Business.ObservedGauge("queues", () => queues.Select(static queue => new Measurement<double>(
            queue.Value, new("queue", queue.Key), new("secret", "x"), new("", "nameless"), new("number", 7))));

        var first = runtime.GetSnapshot();
        queues.Remove("in");
        queues["out"] = double.NaN;
        queues["late"] = -1;
        var second = runtime.GetSnapshot();
        queues["in"] = 4;

        Assert.Equal(3, first.Sum("queues", ("queue", "in"), ("region", "eu"), ("number", "7")));
        Assert.Equal(5, first.Sum("queues", ("queue", "out")));
        Assert.True(first.TryGetFamily("queues", out var family));
        Assert.All(family, static series => Assert.Equal(3, series.Tags.Length));
        Assert.True(second.TryGetFamily("queues", out family));
        Assert.Equal("late", Assert.Single(family).Tag("queue"));
        Assert.Equal(4, runtime.GetSnapshot().Sum("queues", ("queue", "in")));
        Assert.True(runtime.GetSnapshot().Sum("llmmetrics.dropped", ("reason", "not_finite")) >= 1);
    }

    [Fact]
    public void ObservedGauge_MoreValuesThanAllowed_FoldsThemAndKeepsTheTotal()
    {
        using var runtime = RuntimeBuilder.Create(static options => options.Cardinality.MaxValuesPerField = 10);
        runtime.Business.ObservedGauge("queues", static () => Enumerable.Range(0, 50).Select(
            static i => new Measurement<double>(2, new KeyValuePair<string, object?>("queue", $"q{i}"))));

        Assert.Equal(80, runtime.GetSnapshot().Sum("queues", ("queue", "__other__")));
        Assert.Equal(100, runtime.GetSnapshot().Sum("queues"));
    }

    [Fact]
    public void ObservedGauge_SequenceThrowsMidwayOrNeverEnds_IsLeftOut()
    {
        using var runtime = RuntimeBuilder.Create();
        runtime.Business.ObservedGauge("throws", Throwing);
        runtime.Business.ObservedGauge("endless", Endless);

        var snapshot = runtime.GetSnapshot();

        Assert.False(snapshot.TryGetFamily("throws", out _));
        Assert.False(snapshot.TryGetFamily("endless", out _));
        Assert.Equal(4, runtime.GetSnapshot().Sum("llmmetrics.dropped", ("reason", "callback")));

        static IEnumerable<Measurement<double>> Throwing()
        {
            yield return new(1);
            throw new InvalidOperationException("midway");
        }

        static IEnumerable<Measurement<double>> Endless()
        {
            while (true)
            {
                yield return new(1);
            }
        }
    }

    [Fact]
    public async Task ObservedGauge_CallbackHangs_IsLeftOutAndTheOthersGoOn()
    {
        using var gate = new ManualResetEventSlim();
        using var reached = new ManualResetEventSlim();
        await using var runtime = RuntimeBuilder.Create(static options =>
            options.CollectTimeout = TimeSpan.FromSeconds(3));
        var hangs = false;
        var value = 0;
        runtime.Business.ObservedGauge("before", () => Interlocked.Increment(ref value));
        runtime.Business.ObservedGauge("hanging", () =>
        {
            if (Volatile.Read(ref hangs))
            {
                reached.Set();
                gate.Wait();
            }

            return 7;
        });
        runtime.Business.ObservedGauge("behind", () => Interlocked.Increment(ref value));
        Assert.Equal(7, runtime.GetSnapshot().Sum("hanging"));

        Volatile.Write(ref hangs, true);
        var first = runtime.GetSnapshot();
        Assert.True(reached.IsSet);
        Assert.False(first.TryGetFamily("hanging", out _));
        Assert.Equal(3, first.Sum("before"));

        // From now on another thread runs the others, and nobody waits any more.
        var start = TimeProvider.System.GetTimestamp();
        var second = runtime.GetSnapshot();
        var third = runtime.GetSnapshot();
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(2.8));
        Assert.False(second.TryGetFamily("hanging", out _));
        Assert.Equal(third.Sum("before") + 1, third.Sum("behind"));
        Assert.True(third.Sum("before") > second.Sum("before"));

        Volatile.Write(ref hangs, false);
        gate.Set();
        while (!runtime.GetSnapshot().TryGetFamily("hanging", out _))
        {
            await Task.Delay(10);
        }
    }

    [Fact]
    public void Preset_KnownSeries_ExistsAtZeroForEveryListener()
    {
        using var runtime = RuntimeBuilder.Create();
        runtime.Business.Counter("feedback", ["rating"]).Preset("positive").Preset("negative").Preset("negative");

        // A listener that comes later, as the OpenTelemetry SDK may, learns of them when it reads.
        var seen = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == runtime.Registry.Meter)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (instrument.Name == "feedback")
            {
                seen.Add($"{tags[0].Value}={value}");
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.Equal(["negative=0", "positive=0"], seen.Distinct().Order());
        Assert.Equal(0, runtime.GetSnapshot().Sum("feedback", ("rating", "positive")));
        Assert.Equal(0, runtime.GetSnapshot().Sum("feedback", ("rating", "negative")));
        runtime.Business.Counter("feedback", ["rating"]).Add(1, "positive");
        Assert.Equal(1, runtime.GetSnapshot().Sum("feedback", ("rating", "positive")));
    }

    [Fact]
    public void RecordRevenue_InAScope_AddsUpPerPlan()
    {
        using var runtime = RuntimeBuilder.Create(build: static builder =>
            builder.AddProfile(MetricProfile.GenAi).AddProfile(MetricProfile.Prefixed("shop")));

        runtime.Business.RecordRevenue(29.5, "pro");
        runtime.Business.RecordRevenue(29.5, "pro");
        runtime.Business.RecordRevenue(0, "free");
        runtime.Business.RecordRevenue(-5, "pro");
        runtime.Business.RecordRevenue(double.NaN, "pro");

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(59, snapshot.Sum("shop.revenue.usd", ("plan", "pro")));
        Assert.Equal(0, snapshot.Sum("app.revenue.usd", ("plan", "free")));
        Assert.Equal(2, runtime.GetSnapshot().Sum("llmmetrics.dropped", ("reason", "negative")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ObservedGauge_AnotherListener_SeesItWithOneCallEach(bool collect)
    {
        using var runtime = RuntimeBuilder.Create(options => options.Collect = collect);
        var calls = 0;
        runtime.Business.ObservedGauge("seen", () => ++calls);
        var values = new List<(string Name, double Value)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == runtime.Registry.Meter && instrument.IsObservable)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => values.Add((instrument.Name, value)));
        listener.Start();
        runtime.Recorder.NoticeListeners();

        listener.RecordObservableInstruments();

        Assert.Equal(1, Assert.Single(values, static one => one.Name == "seen").Value);
        Assert.Equal(1, calls);
        Assert.Contains(values, static one => one is { Name: "app.uptime", Value: > 0 });
    }

    [Fact]
    public void Counter_SwitchedOff_DoesNothing()
    {
        using var runtime = RuntimeBuilder.Create(static options => options.DisabledInstruments.Add("off*"));

        runtime.Business.Counter("off.counter").Add(1);
        runtime.Business.ObservedGauge("off.gauge", static () => 1);

        Assert.DoesNotContain(
            runtime.GetSnapshot().Families, static f => f.Descriptor.Name.StartsWith("off", StringComparison.Ordinal));
    }
}
