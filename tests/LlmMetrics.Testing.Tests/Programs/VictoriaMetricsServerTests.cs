using System.Text;

namespace LlmMetrics.Testing.Tests;

public sealed class VictoriaMetricsServerTests
{
    [SkippableFact]
    public async Task QueryAsync_ImportedSeries_IsVisibleAtOnce()
    {
        await using var server = await VictoriaMetricsServer.StartAsync();
        using var http = new HttpClient();
        using var content = new StringContent("answers_total{lang=\"de\"} 7\n", Encoding.UTF8);
        var import = new Uri(server.Address, "api/v1/import/prometheus");
        using var response = await http.PostAsync(import, content);
        response.EnsureSuccessStatusCode();

        var series = Assert.Single(await server.QueryAsync("answers_total"));
        Assert.Equal((7, "de"), (series.Value, series["lang"]));
    }
}
