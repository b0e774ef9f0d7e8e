using LlmMetrics.Testing;

namespace LlmMetrics.Monitoring.Tests.Dashboards;

/// <summary>The default profile's dashboard, asked of a real Prometheus that scrapes an app.</summary>
public sealed class GenAiDashboardTests
{
    [SkippableFact]
    public async Task Panels_All_ReturnNumbers()
    {
        ExternalPrograms.Require(ExternalPrograms.Prometheus);
        await using var app = await GenAiApp.StartAsync();
        await using var prometheus = await PrometheusServer.StartAsync(
            PrometheusServer.ScrapeConfiguration(app.Metrics));
        for (var round = 0; round < 3; round++)
        {
            await app.RunAsync();
            var ended = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
            await prometheus.Client.WaitForAsync(
                "timestamp(up)", series => series.Count == 1 && series[0].Value > ended);
        }

        var empty = new List<string>();
        var dashboard = DashboardFile.All.Single(static file => file.Name == "llm-metrics.json");
        foreach (var panel in dashboard.Panels)
        {
            foreach (var query in DashboardFile.QueriesOf(panel))
            {
                var result = await prometheus.QueryAsync(query
                    .Replace("$__rate_interval", "1m", StringComparison.Ordinal)
                    .Replace("$__range", "1h", StringComparison.Ordinal)
                    .Replace("$job", ".+", StringComparison.Ordinal)
                    .Replace("$instance", ".+", StringComparison.Ordinal));
                if (!result.Any(static series => double.IsFinite(series.Value)))
                {
                    empty.Add($"{panel["title"]}: {query}");
                }
            }
        }

        Assert.Empty(empty);
    }
}
