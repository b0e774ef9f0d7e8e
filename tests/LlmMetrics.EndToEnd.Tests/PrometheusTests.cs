using LlmMetrics.Testing;

namespace LlmMetrics.EndToEnd.Tests;

/// <summary>A real Prometheus, promtool and python's parser read the Quickstart's endpoint.</summary>
public sealed class PrometheusTests(RunningQuickstart quickstart) : IClassFixture<RunningQuickstart>
{
    private const int ManySamples = 300;
    private const string Findings = "tests/LlmMetrics.EndToEnd.Tests/promtool-findings.txt";

    [SkippableTheory]
    [InlineData(PrometheusServer.TextProtocol)]
    [InlineData(PrometheusServer.OpenMetricsProtocol)]
    public async Task Scrape_EitherFormat_StoresEveryValueOfTheSnapshot(string protocol)
    {
        ExternalPrograms.Require(ExternalPrograms.Prometheus);
        var before = SampleSet.Of(quickstart.Metrics.GetSnapshot());
        await using var prometheus = await PrometheusServer.StartAsync(
            PrometheusServer.ScrapeConfiguration(quickstart.MetricsAddress, protocol));

        await prometheus.Client.WaitForAsync("llm_calls_total");
        var stored = await prometheus.QueryAsync("{job=\"test\"}");
        var expected = before.Common(SampleSet.Of(quickstart.Metrics.GetSnapshot()));

        Assert.True(expected.Count > ManySamples, $"Only {expected.Count} samples stood still.");
        Assert.Equal(string.Empty, string.Join("\n", expected.Differences(stored)));
        Assert.Equal(1, Assert.Single(await prometheus.QueryAsync("up")).Value);
    }

    [SkippableFact]
    public async Task Page_BothFormats_AreReadByPythonWithEveryValue()
    {
        var before = SampleSet.Of(quickstart.Metrics.GetSnapshot());

        var text = await OpenMetricsJudge.ReadTextAsync(await quickstart.ScrapeAsync("text/plain;version=0.0.4"));
        var openMetrics = await OpenMetricsJudge.ReadOpenMetricsAsync(
            await quickstart.ScrapeAsync("application/openmetrics-text;version=1.0.0"));
        var expected = before.Common(SampleSet.Of(quickstart.Metrics.GetSnapshot()));

        Assert.Null(text.Error);
        Assert.Null(openMetrics.Error);
        Assert.Equal(string.Empty, string.Join("\n", expected.Differences(text)));
        Assert.Equal(string.Empty, string.Join("\n", expected.Differences(openMetrics)));
    }

    [SkippableFact]
    public async Task Page_Promtool_FindsWhatIsListedAndNothingElse()
    {
        var report = await Promtool.CheckMetricsAsync(await quickstart.ScrapeAsync("text/plain"));

        var listed = (await File.ReadAllLinesAsync(Repository.PathOf(Findings)))
            .Where(static line => !line.StartsWith('#'));
        Assert.Equal(
            listed.Order(StringComparer.Ordinal), report.Findings.Order(StringComparer.Ordinal));
    }
}
