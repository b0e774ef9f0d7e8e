namespace LlmMetrics.Testing.Tests;

public sealed class PromtoolTests
{
    [SkippableFact]
    public async Task CheckMetricsAsync_CleanPage_HasNoFindings()
    {
        var report = await Promtool.CheckMetricsAsync(
            "# HELP answers_total Answers.\n# TYPE answers_total counter\nanswers_total 1\n");
        Assert.True(report.ExitCode == 0 && report.Findings.Count == 0, report.ToString());
    }

    [SkippableFact]
    public async Task CheckMetricsAsync_CounterWithoutTotalAndHelp_IsReported()
    {
        var report = await Promtool.CheckMetricsAsync("# TYPE answers counter\nanswers 1\n");
        Assert.Equal(3, report.ExitCode);
        Assert.Contains(report.Findings, static line => line.Contains("_total", StringComparison.Ordinal));
        Assert.Contains(report.Findings, static line => line.Contains("help", StringComparison.Ordinal));
    }
}
