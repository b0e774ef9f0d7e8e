using System.Net;
using System.Text;

namespace LlmMetrics.Workload.Output;

/// <summary>The frame of HTML reports: one file, no script, nothing loaded from anywhere.</summary>
internal static class HtmlPage
{
    private const string Style = """
        :root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#57606a;--rule:#d8dee4;--band:#f6f8fa;--bad:#b42318;
        --c1:#1f6feb;--c2:#d1690e;--c3:#1a7f4b;--c4:#8250df;--c5:#bf3989;--c6:#0b7285}
        @media (prefers-color-scheme:dark){:root{--paper:#0f1318;--ink:#e6e9ed;--soft:#9aa4af;--rule:#2b333c;--band:#171c22;
        --bad:#ff8a7a;--c1:#6cb0ff;--c2:#f5a55b;--c3:#56d08d;--c4:#c2a1ff;--c5:#ff8cc6;--c6:#5fd3e3}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
        main{max-width:980px;margin:0 auto;padding:28px 20px 48px}
        h1{font-size:26px;line-height:1.2;margin:0 0 6px}
        h2{font-size:18px;margin:34px 0 10px;break-after:avoid}
        p,li{max-width:78ch}
        .lead{font-size:16px;color:var(--ink);margin:0 0 18px}
        .lead.bad{color:var(--bad)}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:12px;margin:18px 0}
        .card{background:var(--band);border:1px solid var(--rule);border-radius:8px;padding:12px 14px}
        .card b{display:block;font-size:24px;line-height:1.25;font-variant-numeric:tabular-nums}
        .card span{color:var(--soft);font-size:13px;display:block}
        .wide{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:13.5px;font-variant-numeric:tabular-nums}
        th,td{padding:5px 10px;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top}
        th{color:var(--soft);font-weight:600;border-bottom-width:2px}
        .n{text-align:right;white-space:nowrap}
        th.n{white-space:normal}
        tbody tr:nth-child(even){background:var(--band)}
        figure{margin:0 0 10px;break-inside:avoid}
        .chart{width:100%;height:auto;display:block}
        .grid{stroke:var(--rule);stroke-width:1}
        .axis,.tick{stroke:var(--soft);stroke-width:1}
        .mark{fill:var(--soft);font-size:12px}
        .label{fill:var(--soft);font-size:12.5px}
        .line{fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round}
        .dot{fill:currentColor;stroke:var(--paper);stroke-width:1.5}
        .whisker{stroke:currentColor;stroke-width:5;opacity:.28;stroke-linecap:round}
        .limit{fill:none;stroke:var(--bad);stroke-width:1.5;stroke-dasharray:6 4}
        .c1{color:var(--c1)}.c2{color:var(--c2)}.c3{color:var(--c3)}.c4{color:var(--c4)}.c5{color:var(--c5)}.c6{color:var(--c6)}
        .legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 18px;margin:6px 0 0;padding:0 0 0 10px;font-size:13px}
        .key{width:22px;height:8px;margin-right:6px}
        .notes{color:var(--soft);font-size:14px;padding-left:20px}
        footer{margin-top:32px;color:var(--soft);font-size:13px;border-top:1px solid var(--rule);padding-top:10px}
        @media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#444;--rule:#bbb;--band:#fff;--bad:#b42318;
        --c1:#1f6feb;--c2:#d1690e;--c3:#1a7f4b;--c4:#8250df;--c5:#bf3989;--c6:#0b7285}
        body{font-size:11pt}main{max-width:none;padding:0}table{font-size:9pt}.wide{overflow:visible}tr{break-inside:avoid}}
        """;

    public static string Write(string title, string body, string footer)
    {
        var text = new StringBuilder();
        text.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                + "'unsafe-inline'; ")
            .Append("img-src data:\">\n<link rel=\"icon\" href=\"data:,\">\n<title>").Append(Escape(title))
            .Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n<main>\n")
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
}
