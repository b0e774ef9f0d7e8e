using System.Text.Json.Nodes;
using LlmMetrics.Testing;

namespace LlmMetrics.Monitoring.Tests.Stack;

/// <summary>What is committed is what is emitted, and what is asked for in vain is named.</summary>
public sealed class MonitoringFilesTests
{
    private static readonly bool _accept = Environment.GetEnvironmentVariable("LLMMETRICS_ACCEPT") == "1";

    public static TheoryData<string> Stacks => CommittedStacks.Names;

    [Theory]
    [MemberData(nameof(Stacks))]
    public async Task Emit_OfASample_IsWhatIsCommitted(string stack)
    {
        var folder = CommittedStacks.FolderOf(stack);
        var emitted = CommittedStacks.Emit(stack);
        if (_accept)
        {
            foreach (var file in emitted)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file.Path))!);
                await File.WriteAllTextAsync(Path.Combine(folder, file.Path), file.Text);
            }
        }

        var committed = Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'));
        Assert.Equal(emitted.Select(static file => file.Path).Order(StringComparer.Ordinal),
            committed.Order(StringComparer.Ordinal));
        foreach (var file in emitted)
        {
            var text = await File.ReadAllTextAsync(Path.Combine(folder, file.Path));
            Assert.True(file.Text == text.ReplaceLineEndings("\n"), $"{stack}/{file.Path} is not what is emitted");
        }
    }

    [Theory]
    [InlineData(15, "15s", "1m", null)]
    [InlineData(60, "1m", "1m", "1m")]
    [InlineData(300, "5m", "5m", "5m")]
    public void Emit_ScrapeInterval_IsThatOfDataSourcesAndQueries(
        int seconds, string prometheus, string victoriaMetrics, string? query)
    {
        var definition = MonitoringDefinition.GenAi() with
        {
            Stack = new StackSettings { ScrapeInterval = TimeSpan.FromSeconds(seconds) },
        };

        var files = MonitoringFiles.Emit(definition, MonitoringLayout.Config)
            .ToDictionary(static file => file.Path, static file => file.Text);

        Assert.Contains(
            $"scrape_interval: {prometheus}\n", files["config/prometheus/prometheus.yml"], StringComparison.Ordinal);
        var sources = files["config/grafana/provisioning/datasources/prometheus.yml"].Split('\n')
            .Where(static line => line.Contains("timeInterval: ", StringComparison.Ordinal))
            .Select(static line => line.Split(": ")[1]);
        Assert.Equal([prometheus, victoriaMetrics], sources);
        var targets = JsonNode.Parse(files["config/grafana/dashboards/llm-metrics.json"])!["panels"]!.AsArray()
            .Where(static panel => (string?)panel!["type"] != "row")
            .SelectMany(static panel => panel!["targets"]!.AsArray());
        Assert.All(targets, target => Assert.Equal(query, (string?)target!["interval"]));
    }

    [Fact]
    public void Emit_MetricThatTheProfileLacks_NamesIt()
    {
        var definition = MonitoringDefinition.GenAi() with { Profiles = [MetricProfile.Prefixed("shop")] };

        var problem = Assert.Throws<MonitoringException>(() => MonitoringFiles.EmitDashboards(definition));

        Assert.StartsWith(
            "dashboard 'Language models', panel 'Cost': there is no metric 'llm.cost.usd'", problem.Message,
            StringComparison.Ordinal);
        Assert.Throws<MonitoringException>(() => MonitoringFiles.Emit(definition, MonitoringLayout.Config));
    }

    [Theory]
    [InlineData("sum($(llm.cost.euro))", "llm.cost.euro")]
    [InlineData("sum by (colour) ($(llm.calls))", "colour")]
    [InlineData("""sum($(llm.calls){colour="red"})""", "colour")]
    [InlineData("$(gen_ai.client.operation.duration)", "gen_ai.client.operation.duration")]
    [InlineData("$(llm.calls)_bucket", "llm.calls")]
    public void EmitDashboards_WhatThereIsNot_IsNamed(string expression, string named)
    {
        var definition = MonitoringDefinition.GenAi() with
        {
            Dashboards =
            [
                new("d", "Mine", "One panel.", new DashboardRow(
                    "Row", new Panel(PanelKind.Stat, "Sum", "A sum.", "short", new PanelQuery(expression)))),
            ],
        };

        var problem = Assert.Throws<MonitoringException>(() => MonitoringFiles.EmitDashboards(definition));

        Assert.StartsWith("dashboard 'Mine', panel 'Sum': ", problem.Message, StringComparison.Ordinal);
        Assert.Contains($"'{named}'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Emit_WhatNoSampleUses_IsWrittenToo()
    {
        var definition = MonitoringDefinition.GenAi() with
        {
            Dashboards =
            [
                new("d", "Mine", "One panel.", new DashboardRow(
                    "Row", new Panel(PanelKind.StackedBars, "Calls", "By model.", "short", new PanelQuery(
                        "sum by (model) (rate($(llm.calls)[$__rate_interval]))")))) { Refresh = "5m" },
            ],
            RuleGroups =
            [
                new("g", [], [new("Many", "sum($(llm.calls)) > 1", TimeSpan.Zero, "warning", "Many", "Too many.")
                {
                    RunbookUrl = "https://example.com/many",
                }]),
            ],
        };

        var files = MonitoringFiles.Emit(definition, MonitoringLayout.Config);

        var dashboard = files.Single(static file => file.Path.EndsWith("/d.json", StringComparison.Ordinal)).Text;
        Assert.Contains("\"refresh\": \"5m\"", dashboard, StringComparison.Ordinal);
        Assert.Contains("\"drawStyle\": \"bars\"", dashboard, StringComparison.Ordinal);
        Assert.Contains("\"mode\": \"normal\"", dashboard, StringComparison.Ordinal);
        Assert.Contains(
            "runbook_url: \"https://example.com/many\"",
            files.Single(static file => file.Path == "config/prometheus/alerts.yml").Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Emit_RuleOnALabelThatThereIsNot_NamesIt()
    {
        var definition = MonitoringDefinition.GenAi() with
        {
            RuleGroups =
            [
                new("mine", [], [new("A", "sum by (colour) ($(llm.calls)) > 1", TimeSpan.Zero, "warning", "S", "D")]),
            ],
        };

        var problem = Assert.Throws<MonitoringException>(
            () => MonitoringFiles.Emit(definition, MonitoringLayout.Config));

        Assert.Contains("rule 'A'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'colour'", problem.Message, StringComparison.Ordinal);
    }
}
