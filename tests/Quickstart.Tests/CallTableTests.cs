using Quickstart.Report;
using Spectre.Console;

namespace Quickstart.Tests;

public sealed class CallTableTests
{
    [Fact]
    public void Print_RedirectedOutput_HasNoEscapesOrFramesAndADashForUnknown()
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text) });

        CallTable.Print(console, [new CallRow { Operation = "chat", Model = "gpt-4o", Calls = 1234, Ok = 1234 }]);

        var printed = text.ToString();
        Assert.DoesNotContain('\u001b', printed);
        Assert.DoesNotContain('│', printed);
        var line = printed.Split('\n').Single(static l => l.StartsWith("chat", StringComparison.Ordinal));
        Assert.Contains("1,234", line, StringComparison.Ordinal);
        Assert.Contains("–", line, StringComparison.Ordinal);
        Assert.DoesNotContain("0.000", line, StringComparison.Ordinal);
    }
}
