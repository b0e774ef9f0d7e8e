using System.Diagnostics.Metrics;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Collection;

[Collection(RunsAlone.Name)]
public sealed class CardinalityTests
{
    [Fact]
    public void Record_200000Combinations_KeepsCapsTotalsAndMemory() => Explode(200_000);

    [LongFact]
    public void Record_2MillionCombinations_KeepsCapsTotalsAndMemory() => Explode(2_000_000);

    [Fact]
    public void Take_EverNewTagNames_KeepsTheCapAndTheTotal()
    {
        using var meter = new Meter("names");
        using var runtime = RuntimeBuilder.Create(options =>
        {
            options.Meters.Add("names");
            options.Cardinality.MaxSeriesPerMetric = 50;
        });
        var counter = meter.CreateCounter<long>("named");

        for (var i = 0; i < 5000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>($"name{i}", i));
        }

        var snapshot = runtime.GetSnapshot();
        Assert.True(snapshot.TryGetFamily("named", out var named));
        Assert.Equal(50, named.Count);
        Assert.Equal(5000, snapshot.Sum("named"));
    }

    [Fact]
    public void Take_EverNewInstruments_IsBoundedAndCounted()
    {
        using var meter = new Meter("endless");
        using var runtime = RuntimeBuilder.Create(options => options.Meters.Add("endless"));

        for (var i = 0; i < 1200; i++)
        {
            meter.CreateCounter<long>($"counter{i}").Add(1);
        }

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1000, snapshot.Families.Count(static f => f.Descriptor.MeterName == "endless"));
        Assert.Equal(200, snapshot.Sum("llmmetrics.dropped", ("reason", "too_many_instruments")));
    }

    [Theory]
    [InlineData("a\0b\"c\\d\ne}", "a\0b\"c\\d\ne}")]
    [InlineData("lone surrogate", "lone\ufffdend")]
    [InlineData("\u202eRTL\u2028", "\u202eRTL\u2028")]
    [InlineData("__name__", "__name__")]
    public void Record_HostileValue_IsMadeHarmless(string value, string expected)
    {
        using var meter = new Meter("hostile");
        using var runtime = RuntimeBuilder.Create(options => options.Meters.Add("hostile"));

        // An attribute cannot hold half a pair: its text is kept as UTF-8.
        value = value == "lone surrogate" ? "lone\ud800end" : value;

        runtime.Record(new LlmCall { RequestModel = value });
        meter.CreateCounter<long>("hostile.count").Add(1, new KeyValuePair<string, object?>("tag", value));

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("llm.calls", ("model", expected)));
        Assert.Equal(1, snapshot.Sum("hostile.count", ("tag", expected)));
    }

    [Fact]
    public void Record_HugeValue_IsCutBetweenCodePoints()
    {
        using var meter = new Meter("huge");
        using var runtime = RuntimeBuilder.Create(options => options.Meters.Add("huge"));
        var emoji = string.Concat(Enumerable.Repeat("\U0001F600", 500_000));
        var cut = string.Concat(Enumerable.Repeat("\U0001F600", 256));

        runtime.Record(new LlmCall { RequestModel = emoji });
        runtime.Record(new LlmCall { RequestModel = emoji });
        meter.CreateCounter<long>("huge.count").Add(1, new KeyValuePair<string, object?>("tag", emoji));

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(2, snapshot.Sum("llm.calls", ("model", cut)));
        Assert.Equal(1, snapshot.Sum("huge.count", ("tag", cut)));
    }

    [Fact]
    public void Take_DuplicateAndMissingNamesAndObjects_AreCleaned()
    {
        using var meter = new Meter("odd");
        using var runtime = RuntimeBuilder.Create(options => options.Meters.Add("odd"));
        var counter = meter.CreateCounter<long>("odd.count");

        for (var i = 0; i < 3; i++)
        {
            counter.Add(1, new("a", "first"), new("a", "last"), new(null!, "nameless"), new("o", new Version(1, 2)));
            counter.Add(1, new("o", "1.2"), new("a", "last"), new("n", null));
        }

        var snapshot = runtime.GetSnapshot();
        Assert.True(snapshot.TryGetFamily("odd.count", out var odd));
        Assert.Equal(2, odd.Count);
        Assert.Equal(["a", "o"], odd[0].Tags.ToArray().Select(static tag => tag.Key));
        Assert.Equal(["last", "1.2"], odd[0].Tags.ToArray().Select(static tag => tag.Value));
        Assert.Equal([3, 3], odd.Select(static series => series.Int64Value));
    }

    [Fact]
    public void Record_RandomHostileTagSets_ThrowsNothingAndKeepsTheTotal()
    {
        var random = new Random(5);
        using var meter = new Meter("fuzz");
        using var runtime = RuntimeBuilder.Create(options => options.Meters.Add("fuzz"));
        var counter = meter.CreateCounter<long>("fuzzed");

        for (var i = 0; i < 100_000; i++)
        {
            var model = new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(65536))]);
            runtime.Record(new LlmCall { RequestModel = model, Feature = model, Provider = "p" });
            counter.Add(1, new(model, model), new("le", i % 3 == 0 ? i : model), new("__name__", model));
        }

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(100_000, snapshot.Sum("llm.calls"));
        Assert.Equal(100_000, snapshot.Sum("fuzzed"));
        Assert.All(snapshot.Families, static family => Assert.InRange(family.Count, 1, 2000));
        foreach (var text in snapshot.Families.SelectMany(static f => f).SelectMany(static s => s.Tags.ToArray())
            .Select(static tag => tag.Value).OfType<string>())
        {
            Assert.True(text.EnumerateRunes().Count() <= 256);
            Assert.False(HasLoneSurrogate(text), "a lone surrogate was kept");
        }
    }

    [Fact]
    public void Record_ImpossibleFigures_AreRefusedCountedAndMakeNoSeries()
    {
        using var runtime = RuntimeBuilder.Create();

        runtime.Record(new LlmCall
        {
            InputTokens = -1, OutputTokens = long.MinValue, Duration = -TimeSpan.FromSeconds(1), CostUsd = double.NaN,
            AudioSeconds = double.PositiveInfinity,
        });
        var histogram = runtime.Business.Histogram("length");
        histogram.Record(double.NegativeInfinity);
        runtime.Business.Counter("plays").Add(-1);

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(double.NaN, snapshot.Sum("llm.tokens"));
        Assert.Equal(double.NaN, snapshot.Sum("llm.cost.usd"));
        Assert.Equal(double.NaN, snapshot.Sum("gen_ai.client.operation.duration"));
        Assert.Equal(double.NaN, snapshot.Sum("llm.voice.audio_seconds"));
        Assert.Equal(double.NaN, snapshot.Sum("length"));
        Assert.Equal(double.NaN, snapshot.Sum("plays"));
        Assert.Equal(1, snapshot.Sum("llm.calls"));
        Assert.Equal(3, snapshot.Sum("llmmetrics.dropped", ("reason", "not_finite")));
        Assert.Equal(6, snapshot.Sum("llmmetrics.dropped", ("reason", "negative")));
    }

    [Fact]
    public void Record_FiguresBeyondTheRange_StayAtItsEnd()
    {
        using var runtime = RuntimeBuilder.Create();

        for (var i = 0; i < 3; i++)
        {
            runtime.Record(new LlmCall { RequestModel = "m", InputTokens = long.MaxValue, CostUsd = double.MaxValue });
        }

        runtime.Business.Histogram("size").Record(double.MaxValue);
        runtime.Business.Histogram("size").Record(double.MaxValue);

        var snapshot = runtime.GetSnapshot();
        Assert.True(snapshot.TryGetFamily("llm.tokens", out var tokens));
        Assert.Equal(long.MaxValue, tokens[0].Int64Value);
        Assert.True(snapshot.TryGetFamily("llm.cost.usd", out var cost));
        Assert.Equal(double.MaxValue, cost[0].Value);
        Assert.True(snapshot.TryGetFamily("size", out var size));
        Assert.Equal(double.MaxValue, size[0].Sum);
        Assert.Equal(2, size[0].Count);
    }

    private static void Explode(int combinations)
    {
        using var runtime = RuntimeBuilder.Create();
        Record(runtime, 0, 2_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        Record(runtime, 2_000, combinations);

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        using var snapshot = runtime.LeaseSnapshot();
        Assert.Equal(combinations, snapshot.Sum("llm.calls"));
        Assert.Equal(combinations * 7L, snapshot.Sum("llm.tokens", ("type", "input")));
        Assert.All(snapshot.Families, static family => Assert.InRange(family.Count, 1, 2000));
        Assert.True(snapshot.Sum("llm.calls", ("model", "__other__")) > 0);
        Assert.True(snapshot.Sum("llmmetrics.folded", ("name", "request_model")) > 0);
        Assert.True(grown < 32 << 20, $"the heap grew by {grown >> 20} MiB");
    }

    private static void Record(LlmMetricsRuntime runtime, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            runtime.Record(new LlmCall
            {
                Provider = "p", Operation = "chat", RequestModel = $"model{i}", Tenant = $"tenant{i % 977}",
                Feature = $"feature{i % 31}", InputTokens = 7, OutputTokens = 1, Duration = TimeSpan.FromSeconds(1),
            });
        }
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}
