using LlmMetrics.Testing;
using Samples.Tests.Acceptance;
using Samples.Tests.Running;

namespace Samples.Tests;

/// <summary>What a real VictoriaMetrics got over OTLP.</summary>
[Collection(SharedSamples.Name)]
public sealed class BrowserAgentTests(RunningSamples samples)
{
    public static TheoryData<string> Metrics =>
        new(DocumentedSystem.Of("BrowserAgent").Metrics.Select(static metric => metric.Name));

    [SkippableTheory]
    [MemberData(nameof(Metrics))]
    public async Task Metric_OverOtlp_KeepsItsName(string name)
    {
        samples.Require();
        var metric = DocumentedSystem.Of("BrowserAgent").Metrics.Single(m => m.Name == name);

        var series = await QueryAsync(metric.IsHistogram ? $"{name}_count" : name);

        Assert.NotEmpty(series);
        if (name.StartsWith("sofia.", StringComparison.Ordinal))
        {
            Assert.True(Assert.Single(series).Value > 0);
        }

        Assert.All(series, static s => Assert.Equal("sofia-agent", s["service.name"]));
        Assert.All(series, static s => Assert.Equal("0.1.0", s["service.version"]));
    }

    [SkippableFact]
    public async Task Counters_OverOtlp_AreWhatTheNodeServed()
    {
        samples.Require();
        var served = samples.Ledger("BrowserAgent")["gaianet"];

        Assert.Equal(served.Sum(static t => t.Requests), await ValueAsync("sofia.llm.requests"));
        Assert.Equal(served.Sum(static t => t.InputTokens), await ValueAsync("sofia.llm.tokens.input"));
        Assert.Equal(served.Sum(static t => t.OutputTokens), await ValueAsync("sofia.llm.tokens.output"));
    }

    [SkippableFact]
    public async Task Durations_OverOtlp_AreMilliseconds()
    {
        samples.Require();
        const string name = "sofia.message.processing.duration";
        var (sum, count) = (await ValueAsync($"{name}_sum"), await ValueAsync($"{name}_count"));

        // A round has six users who send seven messages each, and an answer takes at least a millisecond.
        Assert.Equal(4 * 6 * 7, count);
        Assert.Equal(count, await ValueAsync("sofia.messages.received"));
        Assert.InRange(sum / count, 1, 60_000);
    }

    [SkippableFact]
    public void Requests_ToTheReceiver_CarryTheToken()
    {
        samples.Require();

        Assert.NotEmpty(samples.Proxy.Requests);
        Assert.All(samples.Proxy.Requests, static request => Assert.Equal(
            ("/opentelemetry/v1/metrics", $"Bearer {RunningSamples.Dash0Token}"), request));
    }

    [SkippableFact]
    public void Log_AtTheStart_TellsTheConfigurationWithoutTheToken()
    {
        samples.Require();
        var sample = samples.Sample("BrowserAgent");

        Assert.Contains(
            "[OpenTelemetry] SDK started with config: { serviceName: 'sofia-agent',", sample.Error,
            StringComparison.Ordinal);
        Assert.Contains("[debug] sofia.messages.received = ", sample.Error, StringComparison.Ordinal);
        Assert.Contains("'Authorization'", sample.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(RunningSamples.Dash0Token, sample.Error + sample.Output, StringComparison.Ordinal);
    }

    private Task<IReadOnlyList<PromSeries>> QueryAsync(string name) =>
        samples.VictoriaMetrics.QueryAsync($"{{__name__=\"{name}\"}}");

    private async Task<double> ValueAsync(string name) => Assert.Single(await QueryAsync(name)).Value;
}
