using System.Globalization;
using System.Text.RegularExpressions;
using DemoKit;
using LlmMetrics.Monitoring;
using LlmMetrics.Testing;
using MigrationApi;

namespace Samples.Tests;

/// <summary>
/// The two critical alerts from the app to a real Alertmanager, by the files that are emitted: only how long a thing
/// must hold, intervals and addresses differ.
/// </summary>
public sealed partial class AlertTests
{
    [SkippableFact]
    public async Task CriticalAlerts_FailingModelsThenKilledApi_ReachTheirReceiver()
    {
        ExternalPrograms.Require(ExternalPrograms.Prometheus);
        Skip.IfNot(LocalPostgres.IsInstalled, "PostgreSQL is missing: tests/run.sh fetches it on Debian");
        var files = MonitoringFiles.Emit(MigrationMonitoring.Definition, MonitoringLayout.Config)
            .ToDictionary(static file => file.Path, static file => file.Text);
        await using var alertmanager = await AlertmanagerServer.StartAsync(
            files["config/alertmanager/alertmanager.yml"]);
        var app = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/"));
        var rules = new Dictionary<string, string>
        {
            ["alerts.yml"] = Shorten(files["config/prometheus/alerts.yml"]),
            ["recording-rules.yml"] = Shorten(files["config/prometheus/recording-rules.yml"]),
        };
        var configuration = Shorten(files["config/prometheus/prometheus.yml"])
            .Replace("host.docker.internal:8000", app.Authority, StringComparison.Ordinal)
            .Replace("alertmanager:9093", alertmanager.Address.Authority, StringComparison.Ordinal);
        PrometheusServer? prometheus = null;
        try
        {
            // The simulated providers refuse or fail more than five of a hundred calls.
            await using (var sample = SampleProcess.Start(
                "MigrationApi", ["--demo", "--speed", "20", "--urls", app.GetLeftPart(UriPartial.Authority)]))
            {
                await sample.WaitForLineAsync("metrics: ");
                prometheus = await PrometheusServer.StartAsync(configuration, rules);
                await CheckErrorsAsync(alertmanager, prometheus);
            }

            await CheckDownAsync(alertmanager, app.Authority);
        }
        finally
        {
            await (prometheus?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private static async Task CheckErrorsAsync(AlertmanagerServer alertmanager, PrometheusServer prometheus)
    {
        var errors = await alertmanager.WaitForAlertAsync("HighLLMErrorRate", TimeSpan.FromMinutes(2));

        Assert.Equal("critical", errors.Labels["severity"]);
        Assert.Equal(["critical-receiver"], errors.Receivers);

        // It has been above at some time; with so few calls it may be below again by now.
        var rate = await prometheus.QueryAsync(
            "max_over_time((sum(rate(testboost_llm_errors_total[5m])) / sum(rate(testboost_llm_calls_total[5m])))"
            + "[5m:500ms])");
        Assert.True(Assert.Single(rate).Value > 0.05);
        Assert.Empty(await prometheus.QueryAsync("ALERTS{alertname=\"HealthCheckFailed\"}"));
    }

    private static async Task CheckDownAsync(AlertmanagerServer alertmanager, string instance)
    {
        var down = await alertmanager.WaitForAlertAsync("HealthCheckFailed", TimeSpan.FromMinutes(2));

        Assert.Equal("critical", down.Labels["severity"]);
        Assert.Equal("testboost-api", down.Labels["job"]);
        Assert.Equal(instance, down.Labels["instance"]);
        Assert.Equal(["critical-receiver"], down.Receivers);
    }

    [Theory]
    [InlineData("prometheus.yml")]
    [InlineData("alerts.yml")]
    [InlineData("recording-rules.yml")]
    public void Shorten_AFileOfTheStack_ChangesTimesAlone(string name)
    {
        var text = MonitoringFiles.Emit(MigrationMonitoring.Definition, MonitoringLayout.Config)
            .Single(file => file.Path == "config/prometheus/" + name).Text;

        var pairs = text.Split('\n').Zip(Shorten(text).Split('\n')).ToArray();

        Assert.Equal(text.Split('\n').Length, Shorten(text).Split('\n').Length);
        Assert.All(pairs.Where(static pair => pair.First != pair.Second), static pair =>
            Assert.Equal(KeyOf(pair.First), KeyOf(pair.Second)));
        Assert.All(pairs.Where(static pair => pair.First != pair.Second), static pair =>
            Assert.Matches("^ *(for|scrape_interval|evaluation_interval): ", pair.First));
        Assert.Equal(name != "recording-rules.yml", pairs.Any(static pair => pair.First != pair.Second));
    }

    private static string KeyOf(string line) => Times().Match(line).Groups["key"].Value;

    private static string Shorten(string text) => Times().Replace(text, "${key}500ms");

    [GeneratedRegex(
        "^(?<key> *(for|scrape_interval|evaluation_interval): )[0-9a-z]+$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Times();
}
