using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Conformance;

/// <summary>
/// Profiles that keep the milliseconds of an existing dashboard: promtool's findings about them are committed beside,
/// so that a new one is seen.
/// </summary>
public sealed class MillisecondProfileTests
{
    private const string Listed = "tests/LlmMetrics.Prometheus.Tests/Conformance/promtool-millisecond-findings.txt";

    private static readonly MetricProfile _milliseconds = MetricProfile.Create("milliseconds", static profile =>
    {
        profile.Histogram(FactKind.LlmCall, "bot.llm.latency").Unit("ms", 1000).Buckets(50, 100, 500, 1000, 5000)
            .Description("Time of an answer.").Tag("model", FactField.RequestModel);
        profile.Histogram(FactKind.LlmCall, "bot.first_chunk_ms", FactValue.TimeToFirstChunk).Unit("", 1000)
            .Buckets(50, 500).Description("Time to the first chunk.");
        profile.Histogram(FactKind.AgentRun, "agent.{agent}.time").Unit("ms", 1000).Buckets(100, 1000)
            .Description("Time of an agent.");
        profile.Counter(FactKind.LlmCall, "bot.busy", FactValue.Duration).Unit("ms", 1000)
            .Description("Time that calls took in all.");
    });

    [SkippableFact]
    public async Task Check_PageOfMilliseconds_FindsWhatIsListedAndNothingElse()
    {
        await using var host = await TestHost.StartAsync(static builder => builder.AddPrometheus()
            .AddProfile(_milliseconds)
            .AddProfile(MetricProfile.Prefixed("intelia")));
        host.Runtime.Record(new LlmCall
        {
            Provider = "openai", Operation = LlmOperation.Chat, RequestModel = "m", InputTokens = 1, OutputTokens = 2,
            Duration = TimeSpan.FromMilliseconds(250), TimeToFirstChunk = TimeSpan.FromMilliseconds(40),
        });
        await host.Runtime.MeasureAgentAsync("writer", static _ => Task.CompletedTask);

        var page = await host.Client.GetStringAsync("/metrics");
        var report = await Promtool.CheckMetricsAsync(page);

        Assert.Contains("bot_llm_latency_milliseconds_sum{model=\"m\"} 250\n", page);
        Assert.Contains("bot_busy_milliseconds_total 250\n", page);
        Assert.Equal(
            (await File.ReadAllLinesAsync(Repository.PathOf(Listed))).Where(static line => !line.StartsWith('#')),
            report.Findings
                .Where(static finding => !RealPrometheusTests.IsOfTheFramework(finding))
                .Order(StringComparer.Ordinal));
    }
}
