using System.Diagnostics.Metrics;
using LlmMetrics.Testing;
using LlmMetrics.Tests.Collection.Reference;

namespace LlmMetrics.Tests.Collection;

/// <summary>
/// The OpenTelemetry SDK is the reference: the same measurements must give the same points. Deliberate deviations,
/// which the inputs here avoid: NaN, infinities and negative counter increments are refused; beyond the caps tags
/// are folded instead of one overflow point; a histogram in seconds without advice gets buckets for seconds on any
/// meter, the SDK only on the framework's; of duplicate tag names the last value wins.
/// </summary>
[Collection(RunsAlone.Name)]
public sealed class DifferentialTests
{
    private const int Measurements = 1_000_000;

    [Fact]
    public void Take_RandomMeasurements_AgreesWithTheOpenTelemetrySdk() => Compare(seed: 20261120);

    [LongFact]
    public void Take_MoreRandomMeasurements_AgreesWithTheOpenTelemetrySdk()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            Compare(seed);
        }
    }

    [Fact]
    public void Record_RandomFacts_AgreesWithTheSdkThatListens()
    {
        using var runtime = RuntimeBuilder.Create();
        using var reference = SdkReader.ListenTo(runtime.Registry.Meter);
        var random = new Random(7);
        var models = new[] { "gpt-4o", "gpt-4o-mini", "unknown-model", "claude-sonnet-4-5" };

        for (var i = 0; i < 20_000; i++)
        {
            runtime.Record(new LlmCall
            {
                Provider = "openai",
                Operation = random.Next(2) == 0 ? "chat" : "embeddings",
                RequestModel = models[random.Next(models.Length)],
                Feature = $"f{random.Next(20)}",
                Tenant = random.Next(3) == 0 ? null : $"t{random.Next(150)}",
                Outcome = (LlmOutcome)random.Next(4),
                InputTokens = random.Next(100_000),
                OutputTokens = random.Next(5000),
                Duration = TimeSpan.FromSeconds(random.NextDouble() * 90),
                TimeToFirstChunk = TimeSpan.FromSeconds(random.NextDouble()),
                Attempts = random.Next(4),
            });
        }

        using var snapshot = runtime.LeaseSnapshot();
        var expected = reference.Read().Where(static metric => !IsLive(metric.Name)).ToArray();
        Assert.InRange(PointComparer.AssertEqual(snapshot, expected, LlmMetricsNames.Meter), 8, 40);
    }

    private static void Compare(int seed)
    {
        const string Name = "LlmMetrics.Tests.Differential";
        using var meter = new Meter(Name);
        using var runtime = RuntimeBuilder.Create(static options => options.Meters.Add(Name));
        using var reference = SdkReader.ListenTo(meter);
        var instruments = new RandomInstruments(meter, seed);

        for (var i = 0; i < Measurements; i++)
        {
            instruments.Measure();
        }

        using var snapshot = runtime.LeaseSnapshot();
        Assert.Equal(Measurements, instruments.Measured);
        Assert.Equal(10, PointComparer.AssertEqual(snapshot, reference.Read(), Name));
    }

    /// <summary>Observed at another moment, or by a runtime that another test has left behind.</summary>
    private static bool IsLive(string name) =>
        name is "app.uptime" or "llm.price_data.age" or "llmmetrics.series" or "llm.calls.active";
}
