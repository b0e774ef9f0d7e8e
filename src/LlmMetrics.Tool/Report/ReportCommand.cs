using System.CommandLine;
using LlmMetrics.Workload.Reports;

namespace LlmMetrics.Tool.Report;

/// <summary><c>llm-metrics report</c>: what was used and what it cost, by model, feature and agent.</summary>
internal static class ReportCommand
{
    private static readonly string[] _formats = ["table", "md", "markdown", "csv", "html"];

    public static Command Create(ToolConsole console)
    {
        var source = new SourceOptions();
        var folder = new Argument<string?>("DIR")
        {
            Description = "Folder of the JSON files that the app wrote",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var every = Choice("--every", "none", "Rows over time: none, hour or day", "none", "hour", "day");
        var format = Choice("--format", "table", "Form of the report: table, md (or markdown), csv or html", _formats);
        var output = new Option<string?>("--out")
        {
            Description = "File to write; standard output if left out",
            HelpName = "FILE",
        };
        var command = new Command(
            "report", "Cost, tokens, latency and errors of the past, by model, feature and agent.");
        command.Arguments.Add(folder);
        source.AddTo(command);
        foreach (var option in new Option[] { every, format, output })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            var period = Enum.Parse<UsagePeriod>(parsed.GetRequiredValue(every), ignoreCase: true);
            var report = await ReadAsync(source, parsed, parsed.GetValue(folder), period, cancellation)
                .ConfigureAwait(false);
            Write(report, console, parsed.GetRequiredValue(format), parsed.GetValue(output));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Option<string> Choice(string name, string value, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => value };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static async Task<UsageReport> ReadAsync(
        SourceOptions source, ParseResult parsed, string? folder, UsagePeriod period, CancellationToken cancellation)
    {
        var server = parsed.GetValue(source.Prometheus);
        if ((folder is null) == (server is null))
        {
            throw new ToolException(ExitCode.Usage, "give one source: a folder of JSON files, or --prometheus URL");
        }

        var options = source.ToOptions(parsed);
        if (folder is not null)
        {
            return await UsageReport.FromFolderAsync(folder, options, period, cancellation).ConfigureAwait(false);
        }

        using var client = source.CreateClient(parsed);
        return await UsageReport.FromPrometheusAsync(
            SourceOptions.Address(server!), client, options, period, cancellation).ConfigureAwait(false);
    }

    private static void Write(UsageReport report, ToolConsole console, string format, string? file)
    {
        if (format == "table" && file is null)
        {
            Tables.Write(console, UsageText.Tables(report));
            return;
        }

        var text = format switch
        {
            "csv" => report.ToCsv(),
            "html" => report.ToHtml(),
            _ => report.ToMarkdown(),
        };
        if (file is null)
        {
            console.Output.Write(text);
        }
        else
        {
            AtomicFile.WriteAll([(file, text)]);
            console.Say($"report written to {file}");
        }
    }
}
