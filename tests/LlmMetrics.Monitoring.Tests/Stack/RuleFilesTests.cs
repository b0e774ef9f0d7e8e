using LlmMetrics.Testing;
using YamlDotNet.Serialization;

namespace LlmMetrics.Monitoring.Tests.Stack;

/// <summary>The committed rules, in the real programs.</summary>
public sealed class RuleFilesTests
{
    public static TheoryData<string> Stacks => CommittedStacks.Names;

    [SkippableTheory]
    [MemberData(nameof(Stacks))]
    public async Task Rules_OfAStack_AreCleanByPromtool(string stack)
    {
        var report = await Promtool.CheckRulesAsync(
            CommittedStacks.PathOf(stack, "prometheus/alerts.yml"),
            CommittedStacks.PathOf(stack, "prometheus/recording-rules.yml"));

        Assert.True(report.ExitCode == 0, string.Join('\n', report.Findings));
    }

    [SkippableTheory]
    [MemberData(nameof(Stacks))]
    public async Task Alerts_OfAStack_FireWhenTheyShould(string stack)
    {
        var folder = Directory.CreateTempSubdirectory("rules-");
        try
        {
            var test = Path.Combine(folder.FullName, "test.yml");
            File.Copy(TestOf(stack), test);
            File.Copy(
                CommittedStacks.PathOf(stack, "prometheus/alerts.yml"), Path.Combine(folder.FullName, "alerts.yml"));

            var report = await Promtool.TestRulesAsync(test);

            Assert.True(report.ExitCode == 0, string.Join('\n', report.Findings));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Stacks))]
    public void Alerts_OfAStack_AreTestedFiringAndNotFiring(string stack)
    {
        var alerts = CommittedStacks.All[stack].Definition.RuleGroups
            .SelectMany(static group => group.Alerts).Select(static alert => alert.Name).Order(StringComparer.Ordinal);
        var tests = List(Read(TestOf(stack)), "tests").SelectMany(static test => List(test, "alert_rule_test"))
            .Select(static test => (Name: (string)test["alertname"], Fires: List(test, "exp_alerts").Any()))
            .ToArray();

        Assert.Equal(alerts, tests.Where(static t => t.Fires).Select(static t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal(alerts, tests.Where(static t => !t.Fires).Select(static t => t.Name).Distinct()
            .Order(StringComparer.Ordinal));
    }

    [SkippableTheory]
    [MemberData(nameof(Stacks))]
    public async Task Prometheus_OfAStack_LoadsItsConfiguration(string stack)
    {
        foreach (var name in new[] { "prometheus.yml", "grafana-cloud.yml" })
        {
            // Beside the key that the user puts there.
            var folder = Path.GetDirectoryName(CommittedStacks.PathOf(stack, "prometheus/" + name))!;
            var copy = Directory.CreateTempSubdirectory("prometheus-");
            try
            {
                foreach (var file in Directory.GetFiles(folder))
                {
                    File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
                }

                await File.WriteAllTextAsync(Path.Combine(copy.FullName, "grafana-cloud-key"), "a-key");
                var output = await ProgramRunner.RunAsync(
                    ExternalPrograms.Require(ExternalPrograms.Promtool),
                    ["check", "config", Path.Combine(copy.FullName, name)]);

                Assert.True(output.ExitCode == 0, output.Output + output.Error);
            }
            finally
            {
                copy.Delete(recursive: true);
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Stacks))]
    public async Task Alertmanager_OfAStack_SendsCriticalAlertsToTheirReceiver(string stack)
    {
        var amtool = ExternalPrograms.Require(ExternalPrograms.Amtool);
        var file = CommittedStacks.PathOf(stack, "alertmanager/alertmanager.yml");

        var check = await ProgramRunner.RunAsync(amtool, ["check-config", file]);
        var critical = await RouteAsync("severity=critical");
        var warning = await RouteAsync("severity=warning");

        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        Assert.Equal("critical-receiver", critical);
        Assert.Equal("default-receiver", warning);

        async Task<string> RouteAsync(string label)
        {
            var output = await ProgramRunner.RunAsync(
                amtool, ["config", "routes", "test", $"--config.file={file}", label]);
            return output.Output.Trim();
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Stacks))]
    public async Task Alertmanager_WithItsBlocksUncommented_IsValid(string stack)
    {
        var text = await File.ReadAllTextAsync(CommittedStacks.PathOf(stack, "alertmanager/alertmanager.yml"));
        var name = CommittedStacks.All[stack].Definition.Name;
        var lines = text.Split('\n').Select(static line => line.StartsWith("    # ", StringComparison.Ordinal)
            && !line.TrimEnd().EndsWith("Email", StringComparison.Ordinal)
            && !line.TrimEnd().EndsWith("Slack", StringComparison.Ordinal)
            && !line.TrimEnd().EndsWith("PagerDuty", StringComparison.Ordinal)
                ? "    " + line[6..]
                : line);
        var file = Path.Combine(Path.GetTempPath(), $"alertmanager-{Guid.NewGuid():N}.yml");
        await File.WriteAllTextAsync(file, string.Join('\n', lines));
        try
        {
            var check = await ProgramRunner.RunAsync(
                ExternalPrograms.Require(ExternalPrograms.Amtool), ["check-config", file]);
            var receivers = List(Read(file), "receivers").ToArray();

            Assert.True(check.ExitCode == 0, check.Output + check.Error);
            Assert.All(receivers, static receiver => Assert.Equal(
                ["name", "email_configs", "slack_configs", "pagerduty_configs"], receiver.Keys.Cast<string>()));
            Assert.Contains($"channel: '#{name}-alerts'", text, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("intelia", "sum(increase(intelia_llm_cost_usd_total[1d])) > 100")]
    [InlineData("intelia", "sum(rate(intelia_errors_total[5m])) / sum(rate(intelia_http_requests_total[5m])) > 0.05")]
    [InlineData(
        "intelia",
        "histogram_quantile(0.95, sum(rate(intelia_llm_request_duration_seconds_bucket[5m])) by (le)) > 5")]
    [InlineData(
        "testboost",
        "sum(rate(testboost_llm_errors_total[5m])) / sum(rate(testboost_llm_calls_total[5m])) > 0.05")]
    [InlineData(
        "testboost",
        "histogram_quantile(0.95, sum by (le, workflow_type) "
        + "(rate(testboost_workflow_duration_seconds_bucket[15m]))) > 300")]
    [InlineData("testboost", "testboost_db_connection_pool_size / testboost_db_connection_pool_max > 0.9")]
    [InlineData("testboost", "testboost_active_sessions > 50")]
    [InlineData(
        "testboost",
        "histogram_quantile(0.95, sum by (le) (rate(testboost_http_request_duration_seconds_bucket[5m]))) > 5")]
    [InlineData("testboost", """up{job="testboost-api"} == 0""")]
    [InlineData("testboost", "sum(increase(testboost_llm_rate_limit_total[1h])) > 10")]
    [InlineData("voicebot", "voicebot_active_calls > 10")]
    public void Alerts_OfADocument_HaveItsExpressions(string stack, string expression)
    {
        var rules = List(Read(CommittedStacks.PathOf(stack, "prometheus/alerts.yml")), "groups")
            .SelectMany(static group => List(group, "rules"));

        Assert.Contains(expression, rules.Select(static rule => (string)rule["expr"]));
    }

    private static string TestOf(string stack) => Path.Combine(AppContext.BaseDirectory, $"Rules/{stack}.test.yml");

    private static Dictionary<object, object> Read(string path) =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(File.ReadAllText(path));

    private static IEnumerable<Dictionary<object, object>> List(Dictionary<object, object> parent, string key) =>
        ((List<object>)parent[key]).Cast<Dictionary<object, object>>();
}
