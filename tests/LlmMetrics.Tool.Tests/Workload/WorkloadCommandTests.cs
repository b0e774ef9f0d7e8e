using System.Text.Json;
using LlmMetrics.Testing;
using Xunit;

namespace LlmMetrics.Tool.Tests;

public sealed class WorkloadCommandTests : IDisposable
{
    private static readonly string[] _figures =
    [
        "workload", "--messages", "450", "--llm-requests", "380", "--input-tokens", "38000", "--output-tokens", "57000",
        "--avg-response-ms", "850", "--hours", "24", "--date", "2026-11-25",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("llmmetrics-tool-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Workload_DocumentedExample_WritesTheReports()
    {
        var run = await ToolRun.RunAsync([.. _figures, "--out", _folder, "--gpu-hour-usd", "2.5"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ["letter-en.txt", "letter-fr.txt", "workload-calculation.html", "workload-calculation.json",
                "workload-calculation.md"],
            Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("7,600", run.Output, StringComparison.Ordinal);
        Assert.Contains("109.95", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("simulating", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workload_Json_IsOnStandardOutputOnly()
    {
        var run = await ToolRun.RunAsync([.. _figures, "--json", "--users", "20"]);

        Assert.Equal(0, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(9_000, json.RootElement.GetProperty("plans")[0].GetProperty("messages_per_day").GetDouble());
        Assert.Equal("", run.Error);
        Assert.False(Directory.Exists(Repository.PathOf("reports")));
    }

    [Fact]
    public async Task Workload_Unreachable_EndsWithOne()
    {
        var run = await ToolRun.RunAsync([.. _figures, "--json", "--target-p95-ms", "500"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("unreachable with this GPU and model", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--llm-requests", "0", 2)]
    [InlineData("--llm-requests", "-5", 2)]
    [InlineData("--input-tokens", "many", 2)]
    [InlineData("--avg-response-ms", "NaN", 2)]
    [InlineData("--hours", "0", 2)]
    [InlineData("--users", "20,x", 2)]
    [InlineData("--users", "2000000", 2)]
    [InlineData("--gpu", "abacus", 2)]
    [InlineData("--quantisation", "fp3", 2)]
    [InlineData("--hardware", "/nowhere/hardware.json", 3)]
    public async Task Workload_WrongFigure_IsNamedAndNothingIsWritten(string option, string value, int code)
    {
        var arguments = _figures.ToList();
        var place = arguments.IndexOf(option);
        if (place >= 0)
        {
            arguments[place + 1] = value;
        }
        else
        {
            arguments.AddRange([option, value]);
        }

        var run = await ToolRun.RunAsync([.. arguments, "--out", Path.Combine(_folder, "new")]);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(code == 2 ? option : value, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("--messages")]
    [InlineData("--llm-requests")]
    [InlineData("--input-tokens")]
    [InlineData("--output-tokens")]
    [InlineData("--avg-response-ms")]
    public async Task Workload_MissingFigure_IsNamed(string option)
    {
        var arguments = _figures.ToList();
        arguments.RemoveRange(arguments.IndexOf(option), 2);

        var run = await ToolRun.RunAsync([.. arguments, "--out", _folder]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{option} is missing", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Workload_NoSourceOrTwo_SaysWhichThereAre()
    {
        var none = await ToolRun.RunAsync("workload");
        var two = await ToolRun.RunAsync([.. _figures, "--from", _folder]);

        Assert.Equal((2, 2), (none.ExitCode, two.ExitCode));
        Assert.Contains("--prometheus URL", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workload_EmptyFolder_EndsWithThree()
    {
        var run = await ToolRun.RunAsync("workload", "--from", _folder, "--out", Path.Combine(_folder, "r"));

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("holds no file like", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Workload_HardwareOfAnotherProgram_EndsWithThree()
    {
        var file = Path.Combine(_folder, "package.json");
        await File.WriteAllTextAsync(file, """{"name":"x","version":1}""");

        var run = await ToolRun.RunAsync([.. _figures, "--json", "--hardware", file]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("is no file of hardware profiles", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workload_NarrowTerminal_TurnsTablesInsteadOfBreakingFigures()
    {
        var run = await ToolRun.RunAsync(
            [.. _figures, "--out", _folder, "--users", "20,5000,10000"], default, terminalWidth: 80);

        Assert.Contains("│ messages/day        │", run.Output, StringComparison.Ordinal);
        Assert.Contains(" 950,000,000 │", run.Output, StringComparison.Ordinal);
        Assert.All(
            run.Output.Split('\n').Where(static line => line.StartsWith('│')),
            static line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task Workload_FolderIsAFile_LeavesNothingHalfWritten()
    {
        var file = Path.Combine(_folder, "taken");
        await File.WriteAllTextAsync(file, "x");

        var run = await ToolRun.RunAsync([.. _figures, "--out", file]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("cannot be written, so nothing was", run.Error, StringComparison.Ordinal);
        Assert.Equal(["taken"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }
}
