using LlmMetrics.Testing;

namespace LlmMetrics.Tool.Tests;

public sealed class PriceCommandTests
{
    private static readonly string[] _call =
        ["price", "--provider", "openai", "--model", "gpt-4o", "--input", "1000", "--output", "100"];

    [Fact]
    public async Task Price_Help_SaysWhatThereIs()
    {
        var run = await ToolRun.RunAsync("price", "--help");

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Snapshot.Verify(run.Output);
    }

    [Fact]
    public async Task Price_KnownModel_IsItsListPrice()
    {
        // 1,000 × $2.50 + 100 × $10 per million.
        var run = await ToolRun.RunAsync([.. _call, "--at", "2026-03-01", "--json"]);

        Assert.Equal(
            new ProgramOutput(
                ExitCode.Ok,
                """{"cost_usd":0.0035,"model_matched":"gpt-4o","priced_at":"2026-03-01T00:00:00Z"}""" + "\n",
                ""),
            run);
    }

    [Fact]
    public async Task Price_UnknownModel_IsUnpricedAndNotFree()
    {
        var run = await ToolRun.RunAsync("price", "--provider", "openai", "--model", "no-such", "--json");

        Assert.Equal(new ProgramOutput(ExitCode.Findings, """{"unpriced":"unknown_model"}""" + "\n", ""), run);
    }

    [Theory]
    [InlineData("--input", "-1")]
    [InlineData("--input", "1.5")]
    [InlineData("--at", "yesterday")]
    public async Task Price_BadValue_IsUsageErrorThatNamesIt(string option, string value)
    {
        var run = await ToolRun.RunAsync([.. _call.Take(5), option, value]);

        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
        Assert.Contains($"'{value}'", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Price_Terminal_IsTable(int width)
    {
        var run = await ToolRun.RunAsync([.. _call, "--at", "2026-03-01"], default, terminalWidth: width);

        Snapshot.Verify(run.Output, width.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
