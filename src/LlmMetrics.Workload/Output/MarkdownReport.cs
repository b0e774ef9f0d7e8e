using System.Text;

namespace LlmMetrics.Workload.Output;

/// <summary>Writes a plan, or any tables, as Markdown.</summary>
internal static class MarkdownReport
{
    public static string Write(WorkloadPlan plan)
    {
        var text = new StringBuilder();
        text.Append("# Workload calculation\n\n").Append(Summary.Line(plan)).Append("\n\n");
        foreach (var table in Summary.Tables(plan))
        {
            Append(text, table);
        }

        text.Append("## Notes\n\n");
        foreach (var note in plan.Notes.Concat(Summary.Formulas(plan)))
        {
            text.Append("- ").Append(note).Append('\n');
        }

        return text.ToString();
    }

    public static void Append(StringBuilder text, ReportTable table)
    {
        text.Append("## ").Append(table.Title).Append("\n\n|");
        for (var i = 0; i < table.Columns.Count; i++)
        {
            text.Append(' ').Append(table.Heading(i)).Append(" |");
        }

        text.Append("\n|");
        for (var i = 0; i < table.Columns.Count; i++)
        {
            text.Append(table.IsFigure(i) ? "---:|" : "---|");
        }

        foreach (var row in table.Rows)
        {
            text.Append("\n|");
            foreach (var cell in row)
            {
                text.Append(' ').Append(Escape(cell)).Append(" |");
            }
        }

        text.Append("\n\n");
    }

    // Names come from the metrics of others.
    private static string Escape(string cell) => string.Concat(cell.Select(static c => c switch
    {
        '|' or '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' => "\\" + c,
        _ when char.IsControl(c) => " ",
        _ => c.ToString(),
    }));
}
