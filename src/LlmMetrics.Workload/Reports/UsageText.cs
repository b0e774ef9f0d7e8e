using System.Globalization;
using System.Text;
using LlmMetrics.Workload.Output;

namespace LlmMetrics.Workload.Reports;

/// <summary>Tables, Markdown and comma-separated values of a usage report.</summary>
internal static class UsageText
{
    private static readonly string[] _titles = ["all", "model", "feature", "agent"];

    public static IEnumerable<ReportTable> Tables(UsageReport report)
    {
        foreach (var dimension in _titles)
        {
            var rows = report.Rows.Where(row => row.Dimension == dimension).ToList();
            if (rows.Exists(static row => row.Period is null))
            {
                yield return Table(dimension == "all" ? "All calls"
                    : $"By {dimension}", rows.FindAll(static row => row.Period is null), false);
            }

            if (rows.Exists(static row => row.Period is not null))
            {
                yield return Table(
                    dimension == "all" ? "All calls over time" : $"By {dimension} over time",
                    rows.FindAll(static row => row.Period is not null),
                    true);
            }
        }
    }

    public static string Markdown(UsageReport report)
    {
        var text = new StringBuilder();
        text.Append("# Usage of language models\n\n").Append(Line(report)).Append("\n\n");
        foreach (var table in Tables(report))
        {
            MarkdownReport.Append(text, table);
        }

        return text.ToString();
    }

    public static string Line(UsageReport report) =>
        $"{Figures.Date(report.Start)} to {Figures.Date(report.End)}, from {report.Source}. "
        + "Cost is that of the calls whose price is known; – is not measured, not zero.";

    public static string Csv(UsageReport report)
    {
        var text = new StringBuilder(
            "dimension,value,period,calls,errors,input_tokens,output_tokens,cost_usd,mean_response_ms\r\n");
        foreach (var row in report.Rows)
        {
            text.AppendJoin(',', new[]
            {
                row.Dimension,
                Quote(row.Value),
                row.Period?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "",
                Number(row.Calls), Number(row.Errors), Number(row.InputTokens), Number(row.OutputTokens),
                Number(Rounded(row.CostUsd, 9)), Number(Rounded(row.MeanResponseMs, 3)),
            }).Append("\r\n");
        }

        return text.ToString();
    }

    private static ReportTable Table(string title, List<UsageRow> rows, bool overTime)
    {
        var hasNames = rows.Exists(static row => row.Dimension != "all");
        string[] names = hasNames ? [rows[0].Dimension] : [];
        string[] periods = overTime ? ["from (UTC)"] : [];
        return new ReportTable(
            title,
            [.. periods, .. names, "#calls", "#errors", "#input tokens", "#output tokens", "#cost, $", "#mean, ms"],
            [
                .. rows.Select(row => new List<string>(
                [
                    .. overTime ? [Figures.Date(row.Period!.Value)] : Array.Empty<string>(),
                    .. hasNames ? [row.Value.Length == 0 ? "(none)" : row.Value] : Array.Empty<string>(),
                    Whole(row.Calls),
                    Whole(row.Errors),
                    Whole(row.InputTokens),
                    Whole(row.OutputTokens),
                    row.CostUsd is { } cost
                        ? cost.ToString(cost < 1 ? "0.######" : "#,0.00", CultureInfo.InvariantCulture) : Figures.None,
                    Figures.Milliseconds(row.MeanResponseMs),
                ])),
            ]);
    }

    private static string Whole(double? value) => value is null ? Figures.None : Figures.Whole(value);

    // To a thousandth of a microdollar and a microsecond: digits beyond are those of sums of binary fractions.
    private static double? Rounded(double? value, int digits) =>
        value is { } number ? Math.Round(number, digits) : null;

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    // A text that a spreadsheet would take for a formula is marked as text.
    private static string Quote(string value)
    {
        var text = value is ['=' or '+' or '-' or '@', ..] ? "'" + value : value;
        return text.AsSpan().ContainsAny(",\"\r\n")
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }
}
