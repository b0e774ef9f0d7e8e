using Spectre.Console;

namespace Quickstart.Report;

/// <summary>Prints what was measured of the calls to models.</summary>
public static class CallTable
{
    private const int WideTerminal = 150;

    // What a narrow terminal has no room for is left out there.
    private static readonly (string Title, bool IsWide, Func<CallRow, string> Text)[] _figures =
    [
        ("calls", false, static row => Cells.Number(row.Calls)),
        ("ok", true, static row => Cells.Number(row.Ok)),
        ("errors", false, static row => Cells.Bad(row.Errors)),
        ("429", true, static row => Cells.Bad(row.RateLimited)),
        ("left", true, static row => Cells.Odd(row.Cancelled)),
        ("input", false, static row => Cells.Number(row.InputTokens)),
        ("cached", true, static row => Cells.Number(row.CachedTokens)),
        ("output", false, static row => Cells.Number(row.OutputTokens)),
        ("reasoning", true, static row => Cells.Number(row.ReasoningTokens)),
        ("no usage", true, static row => Cells.Odd(row.MissingUsage)),
        ("cost $", false, static row => Cells.Money(row.Cost)),
        ("unpriced", true, static row => Cells.Odd(row.Unpriced)),
        ("p50 s", false, static row => Cells.Seconds(row.P50)),
        ("p95 s", false, static row => Cells.Seconds(row.P95)),
    ];

    /// <summary>Prints the rows and their sum.</summary>
    public static void Print(IAnsiConsole console, IReadOnlyList<CallRow> rows)
    {
        var figures = Array.FindAll(_figures, f => !f.IsWide || console.Profile.Width >= WideTerminal);
        var table = Cells.Table(console, ["operation", "model"], [.. figures.Select(static f => f.Title)]);
        foreach (var row in rows)
        {
            table.AddRow(
                [Markup.Escape(row.Operation), Markup.Escape(row.Model), .. figures.Select(f => f.Text(row))]);
        }

        var sum = Sum(rows);
        table.AddEmptyRow();
        table.AddRow(["[bold]total[/]", string.Empty, .. figures.Select(f => $"[bold]{f.Text(sum)}[/]")]);
        console.Write(table);
    }

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
