using System.Text.Json;

namespace LlmMetrics.EndToEnd.Tests;

public sealed class QuickstartProcessTests
{
    [Fact]
    public async Task Run_WithExit_EndsByItselfWithATableThatIsCorrect()
    {
        await using var quickstart = QuickstartProcess.Start(
            "--requests", "40", "--exit", "--port", "0", "--speed", "100");

        var code = await quickstart.WaitForExitAsync();

        Assert.True(code == 0, quickstart.Output + quickstart.Error);
        Assert.Contains("gpt-4o-mini-2024-07-18", quickstart.Output, StringComparison.Ordinal);
        Assert.Contains("\ntotal ", quickstart.Output, StringComparison.Ordinal);
        Assert.Contains("Correct: every count", quickstart.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', quickstart.Output);
        Assert.All(
            quickstart.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            static line => Assert.StartsWith("export: ", line, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Interrupt_WhileServing_ExportsALastTimeAndEndsWell()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "SIGINT is sent with Linux's own programs");
        await using var quickstart = QuickstartProcess.Start("--requests", "20", "--port", "0", "--speed", "100");
        await quickstart.WaitUntilServingAsync();
        var before = quickstart.Files.Length;

        await quickstart.InterruptAsync();
        var code = await quickstart.WaitForExitAsync();

        Assert.True(code == 0, quickstart.Output + quickstart.Error);
        Assert.Equal(before + 1, quickstart.Files.Length);
        using var json = JsonDocument.Parse(
            await File.ReadAllTextAsync(quickstart.Files.Max(StringComparer.Ordinal)!));
        Assert.True(
            json.RootElement.GetProperty("metrics").GetProperty("llm.calls").GetProperty("value").GetInt64() >= 20);
    }

    [SkippableFact]
    public async Task Interrupt_DuringTheRequests_FlushesAndSaysSo()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "SIGINT is sent with Linux's own programs");
        await using var quickstart = QuickstartProcess.Start("--requests", "1000000", "--port", "0", "--parallel", "2");
        await quickstart.WaitUntilBegunAsync();

        await quickstart.InterruptAsync();
        var code = await quickstart.WaitForExitAsync();

        Assert.Equal(130, code);
        Assert.Contains("Interrupted", quickstart.Error, StringComparison.Ordinal);
        Assert.Single(quickstart.Files);
    }

    [Fact]
    public async Task Run_WrongOption_IsNamedAndEndsWith2()
    {
        await using var quickstart = QuickstartProcess.Start("--colour", "blue");

        Assert.Equal(2, await quickstart.WaitForExitAsync());
        Assert.Contains("--colour", quickstart.Error, StringComparison.Ordinal);
        Assert.Contains("Usage:", quickstart.Error, StringComparison.Ordinal);
    }
}
