using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Conformance;

/// <summary>A real Prometheus scrapes a real app, and has what the snapshot has.</summary>
public sealed class RealPrometheusTests
{
    /// <summary>promtool's findings about names that are .NET's, not ours.</summary>
    private static readonly string[] _frameworkPrefixes = ["dotnet_", "http_", "kestrel_", "process_"];

    [SkippableTheory]
    [InlineData(PrometheusServer.TextProtocol)]
    [InlineData(PrometheusServer.OpenMetricsProtocol)]
    public async Task Scrape_EitherFormat_HasTheValuesOfTheSnapshot(string protocol)
    {
        ExternalPrograms.Require(ExternalPrograms.Prometheus);
        await using var host = await StartAsync();
        await using var prometheus = await PrometheusServer.StartAsync(
            PrometheusServer.ScrapeConfiguration(new Uri(host.Client.BaseAddress!, "/metrics"), protocol));

        await prometheus.Client.WaitForAsync("questions_total", result => result.Count == 3);
        var up = await prometheus.QueryAsync("up");
        var questions = await prometheus.QueryAsync("questions_total");
        var buckets = await prometheus.QueryAsync("article_length_bucket");
        var types = await prometheus.QueryAsync("count(target_info{service_name=\"test\"})");

        Assert.Equal(1, Assert.Single(up).Value);
        Assert.Equal(1, Assert.Single(types).Value);
        using var snapshot = host.Runtime.LeaseSnapshot();
        Assert.True(snapshot.TryGetFamily("questions", out var family));
        foreach (var series in family)
        {
            var source = (string)series.Tags[0].Value!;
            Assert.Equal(series.Value, Assert.Single(questions, q => q["source"] == source).Value);
        }

        Assert.Equal(
            [("+Inf", 2.0), ("1.0", 0.0), ("100.0", 1.0), ("1e+06", 1.0)],
            buckets.Select(b => (b["le"], b.Value)).OrderBy(b => b.Item1, StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Check_OwnFamilies_AreClean()
    {
        await using var host = await StartAsync();

        var report = await Promtool.CheckMetricsAsync(await host.Client.GetStringAsync("/metrics"));

        Assert.Equal(string.Empty, string.Join('\n', report.Findings.Where(finding =>
            !IsOfTheFramework(finding))));
    }

    internal static bool IsOfTheFramework(string finding) =>
        Array.Exists(_frameworkPrefixes, prefix => finding.StartsWith(prefix, StringComparison.Ordinal));

    [SkippableFact]
    public async Task Scrape_Token_IsWhatAuthorizationOfPrometheusSends()
    {
        ExternalPrograms.Require(ExternalPrograms.Prometheus);
        const string Token = "token-of-the-real-scrape";
        await using var host = await StartAsync(builder => builder.AddPrometheus(o => o.BearerToken = Token));
        var address = new Uri(host.Client.BaseAddress!, "/metrics");
        var configuration = PrometheusServer.ScrapeConfiguration(address)
            + $"    authorization:\n      credentials: {Token}\n";
        await using var prometheus = await PrometheusServer.StartAsync(configuration);

        await prometheus.Client.WaitForAsync("up", result => result.Count == 1 && result[0].Value == 1);
        var questions = await prometheus.Client.WaitForAsync("questions_total");

        Assert.Equal(3, questions.Count);
    }

    private static async Task<TestHost> StartAsync(Action<ILlmMetricsBuilder>? add = null)
    {
        var host = await TestHost.StartAsync(add);
        var questions = host.Runtime.Business.Counter("questions", ["source"], description: "Questions asked.");
        questions.Add(3, "web");
        questions.Add(0.5, "a \"quoted\" \\ source\nof two lines");
        questions.Add(7, "emoji 😀");
        var length = host.Runtime.Business.Histogram("article.length", [1, 100, 1e6], description: "Length.");
        length.Record(50);
        length.Record(2e6);
        host.Runtime.Record(new LlmCall
        {
            Provider = "openai",
            Operation = LlmOperation.Chat,
            RequestModel = "gpt-4o-mini",
            ResponseModel = "gpt-4o-mini",
            InputTokens = 100,
            OutputTokens = 20,
            Duration = TimeSpan.FromSeconds(1.5),
        });
        return host;
    }
}
