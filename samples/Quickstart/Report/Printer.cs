using System.Globalization;
using Quickstart.Workload;
using Spectre.Console;

namespace Quickstart.Report;

/// <summary>Everything the sample says on its way.</summary>
public sealed class Printer(IAnsiConsole console)
{
    private const int PlainWidth = 180;

    /// <summary>The terminal; what is not one gets neither colours nor frames, and room for all columns.</summary>
    public static IAnsiConsole CreateConsole()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        var plain = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        plain.Profile.Width = PlainWidth;
        return plain;
    }

    /// <summary>Says what is about to be sent, and where to.</summary>
    public void Start(QuickstartOptions options, Uri? simulator)
    {
        var target = simulator is null ? $"{options.Provider}" : $"a provider simulator at {simulator}";
        Line($"[bold]LlmMetrics quickstart[/]: {Count(options.Requests, "request")} and "
            + $"{Count(WorkPlan.Workflows(options.Requests), "agent workflow")} to {Markup.Escape(target)}");
        console.WriteLine();
    }

    /// <summary>Prints the tables and whether they agree with the ledger.</summary>
    /// <param name="sent">What the app saw.</param>
    /// <param name="measured">What the metrics say.</param>
    /// <param name="differences">Their differences from the ledger; null when there is no ledger.</param>
    public void Measured(WorkResult sent, MeasuredRows measured, IReadOnlyList<string>? differences)
    {
        CallTable.Print(console, measured.Calls);
        AgentTable.Print(console, measured.Agents);
        Line($"The app saw: {sent.Answered} answered, {sent.Left} left midway, {sent.Failed} failed after retries.");
        if (differences is null)
        {
            return;
        }

        var calls = measured.Calls.Sum(static row => row.Calls);
        Line(differences.Count == 0
            ? $"[green]Correct[/]: every count and every token of {Count(calls, "call")} equals the simulator's ledger."
            : $"[red]Wrong[/]: {Count(differences.Count, "figure")} differ from the simulator's ledger:");
        foreach (var difference in differences)
        {
            Line($"  {Markup.Escape(difference)}");
        }
    }

    /// <summary>Says where the metrics are.</summary>
    public void Addresses(QuickstartOptions options, string address)
    {
        console.WriteLine();
        var until = options.Exit ? " (until now)" : string.Empty;
        Line($"  Prometheus   [blue]{Markup.Escape(address)}/metrics[/]{until}");
        Line($"  Live page    [blue]{Markup.Escape(address)}/llm[/]{until}");
        Line($"  JSON files   [blue]{Markup.Escape(NewestFile(options.Folder))}[/]");
        if (options.Otlp is { } otlp)
        {
            Line($"  OTLP         [blue]{Markup.Escape(otlp.ToString())}[/]");
        }

        if (!options.Exit)
        {
            console.WriteLine();
            Line("Ctrl+C exports a last time and ends.");
        }
    }

    private static string NewestFile(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "metrics-*.json").Max(StringComparer.Ordinal) ?? folder
            : folder;

    private static string Count(long number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {noun}{(number == 1 ? string.Empty : "s")}");

    private void Line(string markup) => console.MarkupLine(markup);
}
