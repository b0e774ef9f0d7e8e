using System.Net;
using System.Text;

namespace LlmMetrics.Workload.Output;

/// <summary>The frame of HTML reports: one file, no script, nothing loaded from anywhere.</summary>
internal static class HtmlPage
{
    private const string StyleName = "LlmMetrics.Workload.page.css";
    private static readonly Lazy<string> _style = new(ReadStyle);

    public static string Write(string title, string body, string footer)
    {
        var text = new StringBuilder();
        text.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                + "'unsafe-inline'; ")
            .Append("img-src data:\">\n<link rel=\"icon\" href=\"data:,\">\n<title>").Append(Escape(title))
            .Append("</title>\n<style>\n").Append(_style.Value).Append("</style>\n</head>\n<body>\n<main>\n")
            .Append(body).Append("<footer>").Append(Escape(footer)).Append("</footer>\n</main>\n</body>\n</html>\n");
        return text.ToString();
    }

    public static string Escape(string text) => WebUtility.HtmlEncode(string.Concat(
        text.Select(static c => char.IsControl(c) ? ' ' : c)));

    public static void Append(StringBuilder text, ReportTable table, bool withTitle = true)
    {
        if (withTitle)
        {
            text.Append("<h2>").Append(Escape(table.Title)).Append("</h2>\n");
        }

        text.Append("<div class=\"wide\"><table><thead><tr>");
        for (var i = 0; i < table.Columns.Count; i++)
        {
            text.Append(table.IsFigure(i) ? "<th class=\"n\">" : "<th>").Append(Escape(table.Heading(i)))
                .Append("</th>");
        }

        text.Append("</tr></thead><tbody>\n");
        foreach (var row in table.Rows)
        {
            text.Append("<tr>");
            for (var i = 0; i < row.Count; i++)
            {
                text.Append(table.IsFigure(i) ? "<td class=\"n\">" : "<td>").Append(Escape(row[i])).Append("</td>");
            }

            text.Append("</tr>\n");
        }

        text.Append("</tbody></table></div>\n");
    }

    public static void Figure(StringBuilder text, string title, SvgChart chart, ReportTable table)
    {
        text.Append("<h2>").Append(Escape(title)).Append("</h2>\n<figure>\n").Append(chart.Draw())
            .Append("</figure>\n");
        Append(text, table, withTitle: false);
    }

    private static string ReadStyle()
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(StyleName)
            ?? throw new InvalidOperationException("The library was built without its style sheet.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
