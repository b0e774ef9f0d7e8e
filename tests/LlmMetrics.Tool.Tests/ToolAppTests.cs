using LlmMetrics.Testing;

namespace LlmMetrics.Tool.Tests;

public sealed class ToolAppTests
{
    [Fact]
    public async Task RunAsync_Help_ListsTheVerbs()
    {
        var run = await ToolRun.RunAsync("--help");

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Snapshot.Verify(run.Output);
    }

    [Fact]
    public async Task RunAsync_Version_IsTheToolsOwn()
    {
        var run = await ToolRun.RunAsync("--version");

        Assert.Equal(new ProgramOutput(ExitCode.Ok, ToolApp.Version + "\n", ""), run);
        Assert.Matches(@"^\d+\.\d+\.\d+", ToolApp.Version);
    }

    [Theory]
    [InlineData("", "a verb is missing")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("price --provider openai", "--model")]
    [InlineData("price --provider openai --model gpt-4o --colour blue", "--colour")]
    public async Task RunAsync_WrongCommandLine_IsUsageError(string line, string named)
    {
        var run = await ToolRun.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Process_SaysTheSame()
    {
        string[] line = ["price", "--provider", "openai", "--model", "gpt-4o", "--input", "9", "--at", "2026-03-01"];
        var inside = await ToolRun.RunAsync(line);
        var outside = await ToolRun.RunProcessAsync(line);

        Assert.Equal(inside, outside with { Error = outside.Error.ReplaceLineEndings("\n") });
        Assert.Equal((ExitCode.Findings, ""), (outside.ExitCode, outside.Output));
    }
}
