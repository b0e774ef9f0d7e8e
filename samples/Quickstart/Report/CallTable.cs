using System.Globalization;
using Spectre.Console;

namespace Quickstart.Report;

/// <summary>Prints what was measured; without colours and frames when the output is not a terminal.</summary>
public static class CallTable
{
    private const int PlainWidth = 160;

    private static readonly string[] _numbers =
    [
        "calls", "ok", "errors", "429", "left", "no usage", "input", "cached", "output", "reasoning", "cost $",
        "p50 s", "p95 s",
    ];

    /// <summary>Prints the rows and their sum.</summary>
    public static void Print(IAnsiConsole console, IReadOnlyList<CallRow> rows)
    {
        var terminal = console.Profile.Out.IsTerminal;
        if (!terminal)
        {
            console.Profile.Width = PlainWidth;
        }

        var table = new Table().Border(terminal ? TableBorder.Rounded : TableBorder.None);
        table.AddColumn("operation");
        table.AddColumn("model");
        foreach (var number in _numbers)
        {
            table.AddColumn(new TableColumn(number).RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow(Cells(row));
        }

        table.AddRow(Cells(Sum(rows)));
        console.Write(table);
    }

    private static string[] Cells(CallRow row) =>
    [
        Markup.Escape(row.Operation),
        Markup.Escape(row.Model),
        Number(row.Calls),
        Number(row.Ok),
        Number(row.Errors),
        Number(row.RateLimited),
        Number(row.Cancelled),
        Number(row.Calls - row.WithUsage),
        Number(row.InputTokens),
        Number(row.CachedTokens),
        Number(row.OutputTokens),
        Number(row.ReasoningTokens),
        Number(row.Cost, "0.0000"),
        Number(row.P50, "0.000"),
        Number(row.P95, "0.000"),
    ];

    private static CallRow Sum(IReadOnlyList<CallRow> rows) => new()
    {
        Operation = "total",
        Model = string.Empty,
        Calls = rows.Sum(static r => r.Calls),
        Ok = rows.Sum(static r => r.Ok),
        Errors = rows.Sum(static r => r.Errors),
        RateLimited = rows.Sum(static r => r.RateLimited),
        Cancelled = rows.Sum(static r => r.Cancelled),
        WithUsage = rows.Sum(static r => r.WithUsage),
        InputTokens = rows.Sum(static r => r.InputTokens),
        CachedTokens = rows.Sum(static r => r.CachedTokens),
        OutputTokens = rows.Sum(static r => r.OutputTokens),
        ReasoningTokens = rows.Sum(static r => r.ReasoningTokens),
        Cost = rows.Any(static r => r.Cost is not null) ? rows.Sum(static r => r.Cost ?? 0) : null,
    };

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    // A dash, never a zero: the figure is unknown.
    private static string Number(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
