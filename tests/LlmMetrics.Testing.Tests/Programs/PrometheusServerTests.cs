namespace LlmMetrics.Testing.Tests;

public sealed class PrometheusServerTests
{
    private const string Page = "# HELP answers_total Answers.\n# TYPE answers_total counter\n";

    [SkippableFact]
    public async Task StartAsync_StaticTextPage_IsScraped()
    {
        await using var page = await LoopbackServer.ServeTextAsync(
            "/metrics",
            "text/plain; version=0.0.4",
            () => Page + "answers_total{lang=\"de\"} 42.5\n");
        await using var prometheus = await PrometheusServer.StartAsync(
            PrometheusServer.ScrapeConfiguration(new Uri(page.BaseAddress, "metrics"), PrometheusServer.TextProtocol));

        var target = Assert.Single(await prometheus.WaitForScrapeAsync());
        Assert.True(target.IsUp, target.LastError);
        var series = Assert.Single(await prometheus.Client.WaitForAsync("answers_total"));
        Assert.Equal(("answers_total", "de", 42.5), (series.Name, series["lang"], series.Value));
        Assert.Equal(85, Assert.Single(await prometheus.QueryAsync("scalar(answers_total) * 2")).Value);
        var now = series.Points[0].Time;
        var range = await prometheus.Client.QueryRangeAsync("answers_total", now, now, TimeSpan.FromSeconds(1));
        Assert.Equal(42.5, Assert.Single(range).Value);
    }

    [SkippableFact]
    public async Task WaitForScrapeAsync_PageThatIsRefused_TellsWhy()
    {
        await using var page = await LoopbackServer.ServeTextAsync(
            "/m",
            "text/plain; version=0.0.4",
            static () => "answers_total 1,5\n");
        await using var prometheus = await PrometheusServer.StartAsync(
            PrometheusServer.ScrapeConfiguration(new Uri(page.BaseAddress, "m")));

        var target = Assert.Single(await prometheus.WaitForScrapeAsync());
        Assert.False(target.IsUp);
        Assert.NotEmpty(target.LastError);
        await Assert.ThrowsAsync<PromQueryException>(() => prometheus.QueryAsync("answers_total{"));
    }

    [SkippableFact]
    public async Task StartAsync_BrokenConfiguration_ShowsTheLog()
    {
        ExternalPrograms.Require(ExternalPrograms.Prometheus);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            PrometheusServer.StartAsync("no_such_key: 1\n"));
        Assert.Contains("no_such_key", error.Message, StringComparison.Ordinal);
    }
}
