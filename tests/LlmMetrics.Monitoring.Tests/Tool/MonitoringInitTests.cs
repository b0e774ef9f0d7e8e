using LlmMetrics.Testing;

namespace LlmMetrics.Monitoring.Tests.Tool;

/// <summary>The verb <c>monitoring init</c>, as users run it.</summary>
public sealed class MonitoringInitTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("monitoring-init-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Init_AssemblyOfASample_WritesWhatIsCommitted()
    {
        var sample = Repository.PathOf($"samples/Voicebot/bin/{Repository.Configuration}/net10.0/Voicebot.dll");

        var output = await RunAsync("--profile", sample, "--layout", "monitoring");

        var expected = CommittedStacks.Emit("voicebot");
        Assert.True(output.ExitCode == 0, output.Error);
        Assert.Equal(
            expected.Select(static file => file.Path),
            output.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Trim()));
        Assert.All(expected, file => Assert.Equal(file.Text, File.ReadAllText(PathOf(file.Path))));
    }

    [Fact]
    public async Task Init_Twice_RefusesToReplaceUnlessForced()
    {
        var first = await RunAsync("--profile", "prefixed", "--prefix", "shop", "--job", "shop-api");
        var alerts = PathOf("config/prometheus/alerts.yml");
        await File.WriteAllTextAsync(alerts, "mine");
        var second = await RunAsync("--profile", "prefixed", "--prefix", "shop", "--job", "shop-api");
        var mine = await File.ReadAllTextAsync(alerts);
        var forced = await RunAsync("--profile", "prefixed", "--prefix", "shop", "--job", "shop-api", "--force");

        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Equal(2, second.ExitCode);
        Assert.Contains("config/prometheus/alerts.yml", second.Error, StringComparison.Ordinal);
        Assert.Equal("mine", mine);
        Assert.Equal(0, forced.ExitCode);
        Assert.Contains("shop_llm_cost_usd_total", await File.ReadAllTextAsync(alerts), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.FullName, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Init_OneDashboard_WritesThatOne()
    {
        var output = await RunAsync("--dashboards", "language models", "--target", "app:8080");

        Assert.True(output.ExitCode == 0, output.Error);
        Assert.True(File.Exists(PathOf("config/grafana/dashboards/llm-metrics.json")));
        Assert.Contains(
            "targets: ['app:8080']", await File.ReadAllTextAsync(PathOf("config/prometheus/prometheus.yml")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--prefix", "--profile", "prefixed")]
    [InlineData(2, "--prefix", "--prefix", "shop")]
    [InlineData(2, "9shop", "--profile", "prefixed", "--prefix", "9shop")]
    [InlineData(2, "there is no dashboard 'Costs': Language models", "--dashboards", "Costs")]
    [InlineData(2, "--layout", "--layout", "elsewhere")]
    [InlineData(3, "nowhere.dll", "--profile", "nowhere.dll")]
    public async Task Init_WhatIsWrong_IsNamed(int exitCode, string named, params string[] arguments)
    {
        var output = await RunAsync(arguments);

        Assert.Equal(exitCode, output.ExitCode);
        Assert.Contains(named, output.Error, StringComparison.Ordinal);
        Assert.Empty(output.Output);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task Init_ProfileThatLacksAMetric_NamesItAndWritesNothing()
    {
        var own = typeof(MissingMetric).Assembly.Location;

        var output = await RunAsync("--profile", $"{own}:{typeof(MissingMetric).FullName}");

        Assert.Equal(1, output.ExitCode);
        Assert.Contains("there is no metric 'llm.calls'", output.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task Init_AssemblyWithoutADefinition_IsRefused()
    {
        var core = typeof(LlmMetricsRuntime).Assembly.Location;

        var output = await RunAsync("--profile", core);

        Assert.Equal(2, output.ExitCode);
        Assert.Contains("MonitoringDefinition", output.Error, StringComparison.Ordinal);
    }

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);

    private Task<ProgramOutput> RunAsync(params string[] arguments)
    {
        var tool = Repository.PathOf(
            $"src/LlmMetrics.Tool/bin/{Repository.Configuration}/net10.0/LlmMetrics.Tool.dll");
        return ProgramRunner.RunAsync("dotnet", [tool, "monitoring", "init", "--out", _folder.FullName, .. arguments]);
    }
}
