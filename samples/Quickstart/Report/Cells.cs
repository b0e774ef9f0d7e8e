using System.Globalization;
using Spectre.Console;

namespace Quickstart.Report;

/// <summary>What the tables share: their look, and how figures are written.</summary>
internal static class Cells
{
    /// <summary>An empty table; without colours and frames when the output is not a terminal.</summary>
    public static Table Table(IAnsiConsole console, string[] texts, string[] numbers)
    {
        var terminal = console.Profile.Out.IsTerminal;
        var table = new Table().Border(terminal ? TableBorder.Rounded : TableBorder.None).BorderColor(Color.Grey);
        foreach (var text in texts)
        {
            table.AddColumn(new TableColumn($"[bold]{text}[/]").NoWrap());
        }

        foreach (var number in numbers)
        {
            table.AddColumn(new TableColumn($"[bold]{number}[/]").RightAligned().NoWrap());
        }

        return table;
    }

    public static string Number(long value) =>
        value == 0 ? "[grey]0[/]" : value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Bad(long value) => value == 0 ? Number(value) : $"[red]{Number(value)}[/]";

    public static string Odd(long value) => value == 0 ? Number(value) : $"[yellow]{Number(value)}[/]";

    public static string Money(double? value) => Number(value, "0.0000");

    public static string Seconds(double? value) => Number(value, "0.000");

    // A dash, never a zero: the figure is unknown.
    private static string Number(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "[grey]–[/]";
}
