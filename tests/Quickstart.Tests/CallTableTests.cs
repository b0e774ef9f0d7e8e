using Quickstart.Report;
using Spectre.Console;

namespace Quickstart.Tests;

public sealed class CallTableTests
{
    [Fact]
    public void Print_RedirectedOutput_HasNoEscapesOrFramesAndADashForUnknown()
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = 180;

        CallTable.Print(console, [new CallRow { Operation = "chat", Model = "gpt-4o", Calls = 1234, Ok = 1234 }]);

        var printed = text.ToString();
        Assert.DoesNotContain('\u001b', printed);
        Assert.DoesNotContain('│', printed);
        var line = printed.Split('\n').Single(static l => l.StartsWith("chat", StringComparison.Ordinal));
        Assert.Contains("1,234", line, StringComparison.Ordinal);
        Assert.Contains("–", line, StringComparison.Ordinal);
        Assert.DoesNotContain("0.000", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Print_NarrowTerminal_KeepsEachRowOnOneLine()
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = 100;

        CallTable.Print(
            console,
            [new CallRow { Operation = "embeddings", Model = "text-embedding-3-small", InputTokens = 1_234_567 }]);

        var printed = text.ToString().Split('\n');
        Assert.Contains(printed, static l => l.Contains("text-embedding-3-small", StringComparison.Ordinal));
        Assert.Contains(printed, static l => l.Contains("1,234,567", StringComparison.Ordinal));
        Assert.All(printed, static l => Assert.True(l.Length <= 100));
    }
}
