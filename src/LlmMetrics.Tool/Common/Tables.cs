using LlmMetrics.Workload.Output;

namespace LlmMetrics.Tool;

/// <summary>Writes the tables of reports.</summary>
internal static class Tables
{
    public static void Write(ToolConsole console, IEnumerable<ReportTable> tables)
    {
        foreach (var table in tables)
        {
            console.Output.WriteLine(table.Title);
            console.WriteTable(
                [.. table.Columns.Select((_, i) => new TableColumn(table.Heading(i), table.IsFigure(i)))], table.Rows);
            console.Output.WriteLine();
        }
    }
}
