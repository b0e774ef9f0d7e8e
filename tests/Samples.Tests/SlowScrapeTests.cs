using LlmMetrics.Testing;
using Samples.Tests.Acceptance;
using Samples.Tests.Monitoring;
using Samples.Tests.Querying;
using Samples.Tests.Running;

namespace Samples.Tests;

/// <summary>
/// The queries of ExpertApi's document and dashboards at the scrape interval that it documents: sixty seconds.
/// </summary>
[Collection(SharedSamples.Name)]
public sealed class SlowScrapeTests(RunningSamples samples)
{
    [SkippableFact]
    public async Task Queries_ScrapedEveryMinute_ReturnDataButForWindowsOfAMinute()
    {
        samples.Require();
        var series = await samples.QueryAsync("{job=\"expert-api\",__name__=~\"intelia_.+\"}[1d]");
        var queries = DocumentedSystem.Of("ExpertApi").Queries
            .Select(static query => (
                Query: query.Figure, Returns: !query.Figure.Contains("[1m]", StringComparison.Ordinal)))

            // What dashboards use instead: a window of four scrapes, and requests per minute as the title says.
            .Append((Query: "sum(rate(intelia_http_requests_total[4m])) by (endpoint) * 60", Returns: true))
            .ToArray();
        Assert.Equal(1, queries.Count(static query => !query.Returns));
        await CheckAsync(series, queries);
    }

    [SkippableFact]
    public async Task Panels_ScrapedEveryMinute_ReturnDataWhateverTheDataSourceSays()
    {
        samples.Require();
        var series = await samples.QueryAsync("{job=\"expert-api\"}[1d]");
        var panels = SampleDashboards.Queries.Select(static row => (
                Sample: (string)row[0], Dashboard: (string)row[1], Panel: (string)row[2], Index: (int)row[3]))
            .Where(static row => row is { Sample: "ExpertApi", Panel: not "Cost alerts" })
            .Select(static row => (
                Query: SampleDashboards.QueryAtItsInterval(row.Sample, row.Dashboard, row.Panel, row.Index),
                Returns: true))
            .ToArray();

        Assert.Contains(panels, static panel => panel.Query.Contains("[240s]", StringComparison.Ordinal));
        await CheckAsync(series, panels);
    }

    private static async Task CheckAsync(
        IReadOnlyList<PromSeries> series, IEnumerable<(string Query, bool Returns)> queries)
    {
        var file = Path.Combine(Path.GetTempPath(), $"slow-scrape-{Guid.NewGuid():N}.yml");
        await File.WriteAllTextAsync(file, SlowScrape.TestOf(series, queries));
        try
        {
            var report = await Promtool.TestRulesAsync(file);

            Assert.True(report.ExitCode == 0, string.Join('\n', report.Findings));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
