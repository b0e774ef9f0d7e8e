using LlmMetrics.Testing;

namespace LlmMetrics.EndToEnd.Tests;

/// <summary>A real VictoriaMetrics receives what the Quickstart sends over OTLP.</summary>
[Collection(nameof(AloneInProcess))]
public sealed class OtlpTests
{
    private const int ManySamples = 300;

    [SkippableFact]
    public async Task Export_RealReceiver_StoresEveryValueOfTheSnapshot()
    {
        ExternalPrograms.Require(ExternalPrograms.VictoriaMetrics);
        await using var server = await VictoriaMetricsServer.StartAsync("-opentelemetry.usePrometheusNaming");
        var quickstart = new RunningQuickstart { Otlp = server.OtlpBaseAddress };
        await quickstart.InitializeAsync();
        try
        {
            var before = SampleSet.Of(quickstart.Metrics.GetSnapshot());
            Assert.True(await quickstart.Metrics.ExportAsync());
            var expected = before.Common(SampleSet.Of(quickstart.Metrics.GetSnapshot()));

            var stored = await server.QueryAsync("{service_name=\"quickstart\"}");

            Assert.True(expected.Count > ManySamples, $"Only {expected.Count} samples stood still.");
            var differences = expected.Differences(stored);
            Assert.True(differences.Count == 0, string.Join("\n", differences));
        }
        finally
        {
            await quickstart.DisposeAsync();
        }
    }
}
