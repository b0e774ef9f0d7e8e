using LlmMetrics.Exposition;
using LlmMetrics.Testing;
using LlmMetrics.Tests.Exposition;

namespace LlmMetrics.Tests.Conformance;

/// <summary>What promtool and python's strict parser say about pages with everything that could go wrong.</summary>
public sealed class JudgeTests
{
    private const int Readable = 3;

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Write_HostilePage_IsAcceptedByAllJudges(int seed)
    {
        var metrics = HostileLabelsTests.Fill(new Random(seed));
        FillNumbers(metrics);
        var writer = metrics.Writer(targetInfo: true, scopeLabels: seed == 3);
        var text = metrics.Bytes(writer, ExpositionFormat.Text);
        var openMetrics = metrics.Bytes(writer, ExpositionFormat.OpenMetrics);

        var classic = await OpenMetricsJudge.ReadTextAsync(text);
        var strict = await OpenMetricsJudge.ReadOpenMetricsAsync(openMetrics);
        var linted = await Promtool.CheckMetricsAsync(System.Text.Encoding.UTF8.GetString(text));

        Assert.Null(classic.Error);
        Assert.Null(strict.Error);
        Assert.True(linted.ExitCode is 0 or Readable, linted.ToString());
        Assert.DoesNotContain(linted.Findings, line => line.Contains("error", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(Series(classic), Series(strict));
        Assert.True(Series(strict).Count > 1_000);
    }

    [SkippableFact]
    public async Task Write_EveryKind_KeepsValuesHelpUnitAndExemplars()
    {
        var metrics = new TestMetrics();
        FillNumbers(metrics);

        var read = await OpenMetricsJudge.ReadOpenMetricsAsync(metrics.OpenMetrics(targetInfo: true));

        Assert.Null(read.Error);
        var duration = read.Families.Single(family => family.Name == "numbers_seconds");
        Assert.Equal(("histogram", "seconds"), (duration.Type, duration.Unit));
        Assert.Equal("How \"long\" \\ it took.\nReally.", duration.Help);
        Assert.Equal(
            "0af7651916cd43dd8448eb211c80319c",
            Assert.Single(duration.Samples, sample => sample.ExemplarLabels is not null).ExemplarLabels!["trace_id"]);
        Assert.Equal(double.NaN, Value(read, "not_a_number"));
        Assert.Equal(double.NegativeInfinity, Value(read, "minus_infinity"));
        Assert.Equal(1e300, Value(read, "large"));
        Assert.Equal(0.1 + 0.2, Value(read, "third"));
        Assert.Equal("counter", read.Families.Single(family => family.Name == "tokens").Type);
        Assert.Equal("info", read.Families.Single(family => family.Name == "target").Type);
    }

    private static double Value(OpenMetricsVerdict read, string name) =>
        read.Samples.Single(sample => sample.Name == name).Value;

    private static List<string> Series(OpenMetricsVerdict read) =>
        [.. read.Samples
            .Select(sample => sample.Name + "{" + string.Join(
                ',', sample.Labels.OrderBy(label => label.Key, StringComparer.Ordinal)) + "} " + sample.Value)
            .Order(StringComparer.Ordinal)];

    private static void FillNumbers(TestMetrics metrics)
    {
        Gauge("not.a.number", double.NaN);
        Gauge("minus.infinity", double.NegativeInfinity);
        Gauge("large", 1e300);
        Gauge("third", 0.1 + 0.2);
        var tokens = TestMetrics.Series(metrics.Add("tokens", unit: "{token}"), ("le", "x"), ("quantile", "0.5"));
        tokens.Add(1);
        tokens.Offer(TestMetrics.Exemplar(1));
        var duration = TestMetrics.Histogram(metrics.Add(
            "numbers",
            MetricKind.Histogram,
            bounds: [0.00001, 0.005, 1, 1e6, 1e21],
            unit: "s",
            description: "How \"long\" \\ it took.\nReally."));
        duration.Record(0.5);
        duration.Offer(TestMetrics.Exemplar(0.5));
        TestMetrics.Histogram(metrics.Add("below.zero", MetricKind.Histogram, bounds: [-5, 5])).Record(-1);
        TestMetrics.Histogram(metrics.Add("negative.sum", MetricKind.Histogram, bounds: [5])).Record(-1);
        TestMetrics.Series(metrics.Add("illegal", integer: false)).Set(-1.0);

        void Gauge(string name, double value) =>
            TestMetrics.Series(metrics.Add(name, MetricKind.Gauge, integer: false)).Set(value);
    }
}
