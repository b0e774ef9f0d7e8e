using LlmMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LlmMetrics.Tests.Conformance;

/// <summary>A process ends and another one begins at zero: a real Prometheus takes it for a reset.</summary>
public sealed class RestartTests
{
    [SkippableFact]
    public async Task Scrape_AcrossARestart_CountsOn()
    {
        ExternalPrograms.Require(ExternalPrograms.Prometheus);
        var port = FreePort.Next();
        var first = await StartAsync(port, 100);
        await using var prometheus = await PrometheusServer.StartAsync(
            PrometheusServer.ScrapeConfiguration(new UriBuilder("http", "127.0.0.1", port, "/").Uri));
        await prometheus.Client.WaitForAsync("restarts_total", static r => r.Count == 1 && r[0].Value == 100);
        await prometheus.Client.WaitForAsync("count_over_time(restarts_total[1m]) >= 2");

        await first.StopAsync();
        first.Dispose();
        using var second = await StartAsync(port, 7);
        await prometheus.Client.WaitForAsync("restarts_total", static r => r.Count == 1 && r[0].Value == 7);
        Counter(second).Add(5);
        await prometheus.Client.WaitForAsync("restarts_total", static r => r.Count == 1 && r[0].Value == 12);

        Assert.Equal(1, Assert.Single(await prometheus.QueryAsync("resets(restarts_total[5m])")).Value);
        Assert.True(Assert.Single(await prometheus.QueryAsync("increase(restarts_total[5m])")).Value >= 12);
        Assert.Equal(
            0, Assert.Single(await prometheus.QueryAsync("count(restarts_total < 0) or vector(0)")).Value);
        await second.StopAsync();
    }

    private static BusinessCounter Counter(IHost host) =>
        host.Services.GetRequiredService<LlmMetricsRuntime>().Business.Counter("restarts");

    private static async Task<IHost> StartAsync(int port, int count)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddLlmMetrics().AddPrometheusListener(o => o.Port = port);
        var host = builder.Build();
        Counter(host).Add(count);
        await host.StartAsync();
        return host;
    }
}
