using System.Text;
using LlmMetrics.Workload.Output;

namespace LlmMetrics.Workload.Reports;

/// <summary>Writes a usage report as an HTML page.</summary>
internal static class UsagePage
{
    private const int MaxLines = 6;

    public static string Write(UsageReport report)
    {
        var text = new StringBuilder();
        text.Append("<h1>Usage of language models</h1>\n<p class=\"lead\">")
            .Append(HtmlPage.Escape(UsageText.Line(report)))
            .Append("</p>\n");
        var models = report.Rows.Where(static row => row is { Dimension: "model", Period: not null }).ToList();
        foreach (var table in UsageText.Tables(report))
        {
            if (table.Title == "By model over time" && models.Count > 0)
            {
                HtmlPage.Figure(text, table.Title, Tokens(models), table);
            }
            else
            {
                HtmlPage.Append(text, table);
            }
        }

        return HtmlPage.Write("Usage of language models", text.ToString(), "Written by llm-metrics report.");
    }

    private static SvgChart Tokens(List<UsageRow> rows)
    {
        var start = rows.Min(static row => row.Period!.Value);
        var lines = rows.GroupBy(static row => row.Value)
            .OrderByDescending(static group => group.Sum(Amount))
            .Take(MaxLines)
            .Select((group, i) => new ChartLine(
                group.Key.Length == 0 ? "(none)" : group.Key,
                [.. group.OrderBy(static row => row.Period).Select(
                    row => ((row.Period!.Value - start).TotalHours, Amount(row)))])
            {
                Colour = i + 1,
                HasDots = true,
            }).ToList();
        var all = lines.SelectMany(static line => line.Points).ToList();
        return new SvgChart(
            "Tokens by model over time",
            ChartAxis.Linear($"hours since {Figures.Date(start)}", 0, Math.Max(1, all.Max(static p => p.X)), 8,
                isWhole: true),
            ChartAxis.Linear("tokens", 0, Math.Max(1, all.Max(static p => p.Y)) * 1.05),
            lines);
    }

    private static double Amount(UsageRow row) => row.InputTokens.GetValueOrDefault()
        + row.OutputTokens.GetValueOrDefault();
}
