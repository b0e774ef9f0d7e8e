using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Tests.Collection;

public sealed class ForeignMetersTests
{
    [Fact]
    public void Published_OwnMeterIsListed_CountsNothingTwice()
    {
        using var runtime = RuntimeBuilder.Create(static options => options.Meters.Add(LlmMetricsNames.Meter));

        runtime.Record(new LlmCall { RequestModel = "m" });

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Families.Count(static family => family.Descriptor.Name == "llm.calls"));
        Assert.Equal(1, snapshot.Sum("llm.calls"));
    }

    [Fact]
    public void Published_ForeignMeterOfTheLibrarysName_IsCollectedWhenListed()
    {
        using var foreign = new Meter(LlmMetricsNames.Meter);
        using var runtime = RuntimeBuilder.Create(static options => options.Meters.Add(LlmMetricsNames.Meter));

        foreign.CreateCounter<long>("foreign.of.that.name").Add(5);

        Assert.Equal(5, runtime.GetSnapshot().Sum("foreign.of.that.name"));
    }

    [Fact]
    public void Published_ScopeOfAnotherContainer_IsIgnored()
    {
        using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var services = Host("scoped");
        using var runtime = services.GetRequiredService<LlmMetricsRuntime>();
        runtime.Start();

        other.GetRequiredService<IMeterFactory>().Create("scoped").CreateCounter<long>("theirs").Add(1);
        services.GetRequiredService<IMeterFactory>().Create("scoped").CreateCounter<long>("ours").Add(1);

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("ours"));
        Assert.Equal(double.NaN, snapshot.Sum("theirs"));
    }

    [Fact]
    public void Take_SameInstrumentInTwoMeters_IsTwoFamilies()
    {
        using var one = new Meter("twin.one");
        using var two = new Meter("twin.two");
        using var runtime = Create("twin.one", "twin.two");

        one.CreateCounter<long>("twin").Add(1);
        two.CreateCounter<long>("twin").Add(2);

        var snapshot = runtime.GetSnapshot();
        Assert.True(snapshot.TryGetFamily("twin", out var first, "twin.one"));
        Assert.True(snapshot.TryGetFamily("twin", out var second, "twin.two"));
        Assert.Equal([1, 2], [first[0].Int64Value, second[0].Int64Value]);
    }

    [Fact]
    public void Take_SameNameWithAnotherType_IsKeptApart()
    {
        using var one = new Meter("types");
        using var two = new Meter("types");
        using var runtime = Create("types");

        one.CreateCounter<long>("typed").Add(3);
        two.CreateCounter<double>("typed").Add(0.5);
        two.CreateHistogram<double>("typed").Record(7);

        var families = runtime.GetSnapshot().Families.Where(static f => f.Descriptor.Name == "typed").ToArray();
        Assert.Equal([3, 0.5, 7], families.Select(static family => family[0].Sum));
    }

    [Fact]
    public void Take_EveryNumericType_IsTaken()
    {
        using var meter = new Meter("numbers");
        using var runtime = Create("numbers");

        meter.CreateCounter<byte>("n.byte").Add(1);
        meter.CreateCounter<short>("n.short").Add(2);
        meter.CreateCounter<int>("n.int").Add(3);
        meter.CreateCounter<float>("n.float").Add(0.5f);
        meter.CreateCounter<decimal>("n.decimal").Add(0.25m);
        meter.CreateUpDownCounter<long>("n.level").Add(-4);

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("n.byte"));
        Assert.Equal(2, snapshot.Sum("n.short"));
        Assert.Equal(3, snapshot.Sum("n.int"));
        Assert.Equal(0.5, snapshot.Sum("n.float"));
        Assert.Equal(0.25, snapshot.Sum("n.decimal"));
        Assert.Equal(-4, snapshot.Sum("n.level"));
    }

    [Fact]
    public void Take_BoxedNumberTags_AreTheSameSeries()
    {
        using var meter = new Meter("boxed");
        using var runtime = Create("boxed");
        var counter = meter.CreateCounter<long>("boxed.count");

        for (var i = 0; i < 3; i++)
        {
            counter.Add(1, new("status", 200), new("ok", true));
        }

        Assert.True(runtime.GetSnapshot().TryGetFamily("boxed.count", out var family));
        Assert.Equal(3, Assert.Single(family).Int64Value);
    }

    [Fact]
    public void Observe_AbsoluteValuesAndVanishedTags_ShowTheLastCollectionOnly()
    {
        using var meter = new Meter("observed");
        using var runtime = Create("observed");
        var present = new List<Measurement<long>> { new(5, Tag("a")), new(7, Tag("b")) };
        meter.CreateObservableCounter("observed.count", () => present);

        Assert.Equal(12, runtime.GetSnapshot().Sum("observed.count"));
        Assert.Equal(12, runtime.GetSnapshot().Sum("observed.count"));
        present.RemoveAt(0);
        present[0] = new(9, Tag("b"));
        var second = runtime.GetSnapshot();
        present.Clear();

        Assert.Equal(9, second.Sum("observed.count"));
        Assert.Equal(double.NaN, second.Sum("observed.count", ("tag", "a")));
        Assert.False(runtime.GetSnapshot().TryGetFamily("observed.count", out _));
    }

    [Fact]
    public void Observe_FoldedOrDroppedTags_KeepTheTotal()
    {
        using var meter = new Meter("merged");
        using var runtime = RuntimeBuilder.Create(static options =>
        {
            options.Meters.Add("merged");
            options.Cardinality.MaxSeriesPerMetric = 20;
            options.DroppedTags.Add("merged.dropped:tag");
        });
        var present = Enumerable.Range(0, 100).Select(static i => new Measurement<long>(1, Tag($"v{i}"))).ToArray();
        meter.CreateObservableCounter("merged.folded", () => present);
        meter.CreateObservableUpDownCounter("merged.dropped", () => present);
        runtime.GetSnapshot();

        var snapshot = runtime.GetSnapshot();

        Assert.Equal(100, snapshot.Sum("merged.folded"));
        Assert.Equal(100, snapshot.Sum("merged.dropped"));
        Assert.True(snapshot.TryGetFamily("merged.dropped", out var dropped));
        Assert.Single(dropped);
    }

    [Fact]
    public void Observe_CallbacksThrow_OthersAreStillObserved()
    {
        using var meter = new Meter("throwing");
        using var runtime = Create("throwing");
        meter.CreateObservableGauge("t.1", static long () => throw new InvalidOperationException("one"));
        meter.CreateObservableGauge("t.2", static () => 2L);
        meter.CreateObservableGauge("t.3", static long () => throw new InvalidOperationException("three"));
        meter.CreateObservableGauge("t.4", static () => 4L);

        var snapshot = runtime.GetSnapshot();

        Assert.Equal(2, snapshot.Sum("t.2"));
        Assert.Equal(4, snapshot.Sum("t.4"));
        Assert.Equal(1, snapshot.Sum("llmmetrics.dropped", ("reason", "callback")));
    }

    [Fact]
    public void Options_DisabledInstrumentsAndDroppedTags_HoldForOwnAndForeign()
    {
        using var meter = new Meter("switched");
        using var runtime = RuntimeBuilder.Create(static options =>
        {
            options.Meters.Add("switched");
            options.DisabledInstruments.Add("*.off");
            options.DisabledInstruments.Add("llm.cost.*");
            options.DroppedTags.Add("llm.calls:tenant");
            options.DroppedTags.Add("secret*");
        });
        meter.CreateCounter<long>("foreign.off").Add(1);
        meter.CreateCounter<long>("foreign.on").Add(1, new("secret.user", "u"), new("kept", "k"));
        runtime.Record(new LlmCall { RequestModel = "gpt-4o", InputTokens = 1, Tenant = "a" });
        runtime.Record(new LlmCall { RequestModel = "gpt-4o", InputTokens = 1, Tenant = "b" });

        var snapshot = runtime.GetSnapshot();

        Assert.False(snapshot.TryGetFamily("foreign.off", out _));
        Assert.DoesNotContain(
            snapshot.Families, static f => f.Descriptor.Name.StartsWith("llm.cost", StringComparison.Ordinal));
        Assert.True(snapshot.TryGetFamily("foreign.on", out var on));
        Assert.Equal("kept", Assert.Single(on[0].Tags.ToArray()).Key);
        Assert.True(snapshot.TryGetFamily("llm.calls", out var calls));
        Assert.Equal(2, Assert.Single(calls).Int64Value);
        Assert.Equal(1, snapshot.Sum("llm.tokens", ("tenant", "b")));
    }

    private static KeyValuePair<string, object?> Tag(string value) => new("tag", value);

    private static LlmMetricsRuntime Create(params string[] meters) => RuntimeBuilder.Create(options =>
    {
        foreach (var meter in meters)
        {
            options.Meters.Add(meter);
        }
    });

    private static ServiceProvider Host(string meter)
    {
        var services = new ServiceCollection();
        services.AddLlmMetrics(options => options.Meters.Add(meter));
        return services.BuildServiceProvider();
    }
}
