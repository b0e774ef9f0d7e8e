using Xunit;

namespace LlmMetrics.Tool.Tests;

public sealed class ReportCommandTests : IDisposable
{
    private const string Metrics = """
        {"timestamp":"2026-03-02T01:00:00.000000","schema_version":1,"instance_id":"a",
        "start_time":"2026-03-02T00:00:00.000000","metrics":{"llm.calls":{"name":"llm.calls","type":"counter","series":[
        {"tags":{"model":"gpt-4o","outcome":"ok","feature":"chat"},"value":8},
        {"tags":{"model":"gpt-4o","outcome":"error","feature":"chat"},"value":2}]},
        "llm.cost.usd":{"name":"llm.cost.usd","type":"counter","series":[
        {"tags":{"model":"gpt-4o","feature":"chat"},"value":0.5}]}}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("llmmetrics-tool-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("table", "gpt-4o\t10\t2\t–\t–\t0.5\t–")]
    [InlineData("csv", "model,gpt-4o,,10,2,,,0.5,")]
    [InlineData("md", "| gpt-4o | 10 | 2 | – | – | 0.5 | – |")]
    [InlineData("html", "<td>gpt-4o</td><td class=\"n\">10</td>")]
    public async Task Report_Folder_HasCallsErrorsAndCost(string format, string expected)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "metrics-20260302T010000000Z.json"), Metrics);

        var run = await ToolRun.RunAsync("report", _folder, "--format", format);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_NoSource_EndsWithTwo()
    {
        var none = await ToolRun.RunAsync("report");
        var empty = await ToolRun.RunAsync("report", _folder);

        Assert.Equal((2, 3), (none.ExitCode, empty.ExitCode));
    }
}
