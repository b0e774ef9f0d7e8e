using Spectre.Console;

namespace Quickstart.Report;

/// <summary>Prints what was measured of the agents.</summary>
public static class AgentTable
{
    /// <summary>Prints the rows.</summary>
    public static void Print(IAnsiConsole console, IReadOnlyList<AgentRow> rows)
    {
        var table = Cells.Table(
            console, ["agent"], ["runs", "failed", "llm calls", "input", "output", "cost $", "p50 s", "p95 s"]);
        foreach (var row in rows)
        {
            table.AddRow(
                Markup.Escape(row.Agent),
                Cells.Number(row.Runs),
                Cells.Bad(row.Errors),
                Cells.Number(row.Calls),
                Cells.Number(row.InputTokens),
                Cells.Number(row.OutputTokens),
                Cells.Money(row.Cost),
                Cells.Seconds(row.P50),
                Cells.Seconds(row.P95));
        }

        console.Write(table);
    }
}
