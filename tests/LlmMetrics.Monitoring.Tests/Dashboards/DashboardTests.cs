using System.Text.Json.Nodes;
using LlmMetrics.Testing;

namespace LlmMetrics.Monitoring.Tests.Dashboards;

/// <summary>The committed dashboards against Grafana's schemas, the linter's rules and the documents.</summary>
public sealed class DashboardTests
{
    private static readonly string _ajv = Path.Combine(
        Environment.GetEnvironmentVariable("LLMMETRICS_TOOLS") is { Length: > 0 } folder
            ? folder
            : Repository.PathOf(".tools"),
        "ajv");

    [SkippableFact]
    public async Task Dashboards_All_AreValidByGrafanasSchemas()
    {
        var output = await ValidateAsync([.. CommittedStacks.Dashboards]);

        Assert.True(output.ExitCode == 0, output.Output + output.Error);
    }

    [SkippableTheory]
    [InlineData("unitt", "a property that is not there")]
    [InlineData("colours", "nonsense")]
    public async Task Dashboard_WithAnUnknownProperty_IsRefused(string property, string value)
    {
        var output = await ValidateBrokenAsync(panel => panel["fieldConfig"]!["defaults"]![property] = value);

        Assert.Equal(1, output.ExitCode);
        Assert.Contains(property, output.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Dashboard_WithAnUnknownUnit_IsRefused()
    {
        var output = await ValidateBrokenAsync(static panel => panel["fieldConfig"]!["defaults"]!["unit"] = "dollars");

        Assert.Equal(1, output.ExitCode);
        Assert.Contains("unknown unit \"dollars\"", output.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Dashboard_WithOptionsOfAnotherKind_IsRefused()
    {
        var output = await ValidateBrokenAsync(static panel => panel["options"] = new JsonObject { ["pieType"] = 1 });

        Assert.Equal(1, output.ExitCode);
        Assert.Contains("options", output.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Dashboards_All_KeepTheLintersRules() =>
        Assert.Empty(DashboardFile.All.SelectMany(DashboardLint.Findings));

    [Theory]
    [InlineData("sum(rate(a_total[5m]))", "target-rate-interval-rule")]
    [InlineData("sum(a_total)", "target-counter-agg-rule")]
    [InlineData("histogram_quantile(0.9, sum(rate(a_bucket[$__rate_interval])))", "target-promql-rule")]
    [InlineData("sum(a) or vector(0)", "constant")]
    public void Findings_BrokenQuery_NamesTheRule(string query, string rule)
    {
        const string matchers = "{job=~\"$job\",instance=~\"$instance\"}";
        var dashboard = DashboardFile.All.First();
        var panel = dashboard.Panels.First();
        var broken = query.Replace("a_total", "a_total" + matchers, StringComparison.Ordinal)
            .Replace("a_bucket", "a_bucket" + matchers, StringComparison.Ordinal)
            .Replace("(a)", "(a" + matchers + ")", StringComparison.Ordinal);
        panel["targets"]![0]!["expr"] = broken;

        Assert.Contains(DashboardLint.Findings(dashboard), finding => finding.Contains(rule, StringComparison.Ordinal));
    }

    [Fact]
    public void Findings_WithoutJob_NamesTheRule()
    {
        var dashboard = DashboardFile.All.First();
        dashboard.Panels.First()["targets"]![0]!["expr"] = "sum(up{instance=~\"$instance\"})";

        Assert.Contains(
            DashboardLint.Findings(dashboard), f => f.Contains("target-job-rule", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(CommittedStacks.Names), MemberType = typeof(CommittedStacks))]
    public void Job_OfADashboard_IsTheAppsOwn(string stack)
    {
        var dashboards = MonitoringFiles.EmitDashboards(CommittedStacks.All[stack].Definition)
            .Select(static file => new DashboardFile(file.Path, JsonNode.Parse(file.Text)!.AsObject()));

        Assert.All(dashboards, dashboard => Assert.Equal(
            CommittedStacks.All[stack].Definition.Job, (string?)dashboard.Variable("job")["current"]!["value"]));
    }

    [Fact]
    public void Panels_All_StandSideBySideWithoutOverlap()
    {
        foreach (var dashboard in DashboardFile.All)
        {
            var cells = dashboard.Json["panels"]!.AsArray()
                .SelectMany(static panel => Cells(panel!["gridPos"]!)).ToList();

            Assert.Equal(cells.Count, cells.Distinct().Count());
            Assert.All(cells, static cell => Assert.InRange(cell.X, 0, 23));
        }
    }

    [Theory]
    [MemberData(nameof(Documented))]
    public void Dashboard_OfADocument_HasItsPanels(string title, params string[] panels)
    {
        var dashboard = Assert.Single(DashboardFile.All, file => file.Title == title);

        Assert.Equal(
            panels.Order(StringComparer.Ordinal),
            dashboard.Panels.Select(static panel => (string)panel["title"]!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Voicebot ROI", "Calls in progress", "null green, 5 yellow, 10 red")]
    [InlineData("TestBoost Overview", "LLM Error Rate", "null green, 0.05 red")]
    public void Panel_OfADocument_HasItsThresholds(string dashboard, string title, string thresholds)
    {
        var panel = DashboardFile.All.Single(file => file.Title == dashboard).Panels
            .Single(panel => (string)panel["title"]! == title);

        var steps = panel["fieldConfig"]!["defaults"]!["thresholds"]!["steps"]!.AsArray()
            .Select(static step => $"{step!["value"]?.ToJsonString() ?? "null"} {(string)step["color"]!}");
        Assert.Equal(thresholds, string.Join(", ", steps));
    }

    public static TheoryData<string, string[]> Documented => new()
    {
        {
            "LLM costs",
            ["Cost per day by model", "Top 5 models by cost", "Tokens per hour", "Average cost per request"]
        },
        { "API performance", ["p95 latency by endpoint", "Error rate", "Requests per minute"] },
        { "Business KPIs", ["Questions per day", "Cumulative revenue", "Active users"] },
        {
            "Executive Summary",
            ["Total monthly cost", "Active users", "Questions handled", "Satisfaction rate", "Uptime"]
        },
        {
            "LLM Operations",
            ["Cost by model", "Token distribution", "Average latency", "Error rate", "Cost alerts"]
        },
        {
            "Technical Health",
            ["CPU", "RAM", "Database performance", "API response times", "Error rates", "Active connections"]
        },
        {
            "TestBoost Overview",
            [
                "Active Sessions", "LLM Error Rate", "LLM Calls (24h)", "Workflow Duration (p95)",
                "LLM Calls by Provider", "Workflow Duration by Type", "Database Connection Pool",
                "API Response Time (p50, p95, p99)",
            ]
        },
        {
            "Voicebot ROI",
            [
                "Cost today", "Cost per call", "Savings by TTS cache", "Cache hit", "Calls handled", "Resolution rate",
                "Average duration", "Client sentiment distribution", "STT latency", "LLM latency", "TTS latency",
                "Calls in progress", "Problem distribution", "Calls per hour",
            ]
        },
    };

    private static IEnumerable<(int X, int Y)> Cells(JsonNode position)
    {
        var (x, y) = ((int)position["x"]!, (int)position["y"]!);
        return Enumerable.Range(x, (int)position["w"]!)
            .SelectMany(column => Enumerable.Range(y, (int)position["h"]!).Select(row => (column, row)));
    }

    private static async Task<ProgramOutput> ValidateBrokenAsync(Action<JsonObject> damage)
    {
        var dashboard = DashboardFile.All.First();
        damage(dashboard.Panels.First());
        var file = Path.Combine(Path.GetTempPath(), $"broken-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, dashboard.Json.ToJsonString());
        try
        {
            return await ValidateAsync([file]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Task<ProgramOutput> ValidateAsync(string[] dashboards)
    {
        Skip.IfNot(
            Directory.Exists(Path.Combine(_ajv, "node_modules", "ajv")),
            "ajv is missing: tests/run.sh installs it where npm is");
        return ProgramRunner.RunAsync(
            ExternalPrograms.Require("node"),
            [
                Repository.PathOf("tests/tools/ajv/validate.js"), _ajv,
                Path.Combine(AppContext.BaseDirectory, "Schemas"), .. dashboards,
            ]);
    }
}
