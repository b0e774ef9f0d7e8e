using Spectre.Console;

namespace Quickstart.Report;

/// <summary>Prints what was measured of the calls to models.</summary>
public static class CallTable
{
    private static readonly string[] _numbers =
    [
        "calls", "ok", "errors", "429", "left", "input", "cached", "output", "reason.", "no usage",
        "cost $", "unpriced", "p50 s", "p95 s",
    ];

    /// <summary>Prints the rows and their sum.</summary>
    public static void Print(IAnsiConsole console, IReadOnlyList<CallRow> rows)
    {
        var table = Cells.Table(console, ["operation", "model"], _numbers);
        foreach (var row in rows)
        {
            table.AddRow(Texts(row));
        }

        table.AddEmptyRow();
        table.AddRow([.. Texts(Sum(rows)).Select(static text => $"[bold]{text}[/]")]);
        console.Write(table);
    }

    private static string[] Texts(CallRow row) =>
    [
        Markup.Escape(row.Operation),
        Markup.Escape(row.Model),
        Cells.Number(row.Calls),
        Cells.Number(row.Ok),
        Cells.Bad(row.Errors),
        Cells.Bad(row.RateLimited),
        Cells.Odd(row.Cancelled),
        Cells.Number(row.InputTokens),
        Cells.Number(row.CachedTokens),
        Cells.Number(row.OutputTokens),
        Cells.Number(row.ReasoningTokens),
        Cells.Odd(row.MissingUsage),
        Cells.Money(row.Cost),
        Cells.Odd(row.Unpriced),
        Cells.Seconds(row.P50),
        Cells.Seconds(row.P95),
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
        MissingUsage = rows.Sum(static r => r.MissingUsage),
        InputTokens = rows.Sum(static r => r.InputTokens),
        OutputTokens = rows.Sum(static r => r.OutputTokens),
        CachedTokens = rows.Sum(static r => r.CachedTokens),
        ReasoningTokens = rows.Sum(static r => r.ReasoningTokens),
        Cost = rows.Any(static r => r.Cost is not null) ? rows.Sum(static r => r.Cost ?? 0) : null,
        Unpriced = rows.Sum(static r => r.Unpriced),
    };
}
