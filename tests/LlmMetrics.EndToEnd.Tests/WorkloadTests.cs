using LlmMetrics.Testing;

namespace LlmMetrics.EndToEnd.Tests;

/// <summary>The Quickstart's load is read back from its files and from real servers: all give the same plan.</summary>
public sealed class WorkloadTests(RunningQuickstart quickstart) : IClassFixture<RunningQuickstart>
{
    private static readonly MeasurementOptions _options = new() { Hours = 24 };

    [SkippableFact]
    public async Task Plan_FromFilesAndPrometheus_IsTheSame()
    {
        Assert.True(await quickstart.Metrics.ExportAsync());
        await using var prometheus = await PrometheusServer.StartAsync(
            PrometheusServer.ScrapeConfiguration(quickstart.MetricsAddress));
        await prometheus.Client.WaitForAsync("llm_calls_total");

        await CompareAsync(prometheus.Address);
    }

    [SkippableFact]
    public async Task Plan_FromFilesAndVictoriaMetrics_IsTheSame()
    {
        Assert.True(await quickstart.Metrics.ExportAsync());
        await using var victoria = await VictoriaMetricsServer.StartAsync();
        using var client = new HttpClient();
        using var page = new StringContent(await quickstart.ScrapeAsync("text/plain"));
        using var answer = await client.PostAsync(new Uri(victoria.Address, "api/v1/import/prometheus"), page);
        answer.EnsureSuccessStatusCode();
        await victoria.Client.WaitForAsync("llm_calls_total");

        await CompareAsync(victoria.Address);
    }

    private async Task CompareAsync(Uri server)
    {
        using var client = new HttpClient();
        var files = await MeasurementReader.FromFolderAsync(quickstart.Folder, _options);
        var served = await MeasurementReader.FromPrometheusAsync(server, client, _options with
        {
            Window = TimeSpan.FromMinutes(30),
            End = DateTimeOffset.UtcNow.AddSeconds(1),
        });

        Assert.Equal(CallsMeasured(), files.Requests);
        Assert.Equal(files.Requests, served.Requests);
        Assert.Equal(files.InputTokens, served.InputTokens);
        Assert.Equal(files.OutputTokens, served.OutputTokens);
        Assert.Equal(files.MeanResponseMs!.Value, served.MeanResponseMs!.Value, 1e-6);
        Assert.Equal(files.OutputLengths!.Counts, served.OutputLengths!.Counts);
        var options = new WorkloadOptions { Users = [50], Prices = null, Calibrate = false, TargetP95Ms = 60_000 };
        var one = WorkloadPlanner.Plan(Same(files), options);
        var other = WorkloadPlanner.Plan(Same(served), options);
        Assert.NotNull(one.Users[0].Gpus);
        Assert.Equal(WorkloadReport.ToJson(one), WorkloadReport.ToJson(other));
    }

    // What is known to differ: the name of the source, and the last digit of a sum of times.
    private static WorkloadMeasurement Same(WorkloadMeasurement measured) =>
        measured with { Source = "", MeanResponseMs = Math.Round(measured.MeanResponseMs!.Value, 6) };

    private double CallsMeasured()
    {
        Assert.True(quickstart.Metrics.GetSnapshot().TryGetFamily("llm.calls", out var calls));
        return calls.Where(static series => !series.Tags.ToArray().Any(static tag => tag is
        { Key: "operation", Value: LlmOperation.Embeddings or LlmOperation.TextToSpeech or LlmOperation.SpeechToText
            or LlmOperation.Image }))
            .Sum(static series => series.Value);
    }
}
