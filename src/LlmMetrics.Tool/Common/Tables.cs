using LlmMetrics.Workload.Output;

namespace LlmMetrics.Tool;

/// <summary>Writes the tables of reports.</summary>
internal static class Tables
{
    // With more the turned table would hardly be narrower.
    private const int MostToTurn = 6;

    /// <summary>
    /// Writes tables with their titles. One that is too wide for the terminal is turned where that helps, so that no
    /// figure is broken into lines.
    /// </summary>
    public static void Write(ToolConsole console, IEnumerable<ReportTable> tables)
    {
        foreach (var table in tables)
        {
            var shown = console.IsTerminal && table.Rows.Count <= MostToTurn && table.Rows.Count < table.Columns.Count
                && !console.Fits(Columns(table), table.Rows)
                    ? table.Turned()
                    : table;
            console.Output.WriteLine(shown.Title);
            console.WriteTable(Columns(shown), shown.Rows);
            console.Output.WriteLine();
        }
    }

    private static List<TableColumn> Columns(ReportTable table) =>
        [.. table.Columns.Select((_, i) => new TableColumn(table.Heading(i), table.IsFigure(i)))];
}
