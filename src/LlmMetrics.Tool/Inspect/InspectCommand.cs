using System.CommandLine;

namespace LlmMetrics.Tool.Inspect;

/// <summary><c>llm-metrics inspect</c>: what recorded answers used and cost.</summary>
internal static class InspectCommand
{
    private static readonly string[] _figures =
    [
        "input_tokens", "output_tokens", "cached_input_tokens", "cache_write_input_tokens", "reasoning_output_tokens",
        "cost_usd",
    ];

    // What fits beside each other on a terminal of 80 columns; one file alone is shown in full.
    private static readonly string[] _overview =
        ["file", "model", "input_tokens", "output_tokens", "cost_usd", "outcome"];

    public static Command Create(ToolConsole console)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Recorded answers: JSON, server-sent events, JSON lines, a JSON array, Amazon's event stream;"
                + " also compressed with gzip",
            Arity = ArgumentArity.OneOrMore,
        };
        files.RefuseOptions();
        var provider = new Option<string>("--provider")
        {
            Description = "Who answered, such as openai, anthropic, gemini or bedrock; else the shape tells",
            HelpName = "P",
        };
        var model = new Option<string>("--model")
        {
            Description = "The model that was asked for, where answers do not name it",
            HelpName = "M",
        };
        var type = new Option<string>("--content-type")
        {
            Description = "Content type of the answers",
            HelpName = "T",
        };
        var headers = new Option<string>("--headers")
        {
            Description = "Headers of the answers, as curl -D writes them",
            HelpName = "FILE",
        };
        var prices = PriceSources.Option();
        var json = new Option<bool>("--json") { Description = "One line of JSON for each file" };
        var command = new Command("inspect", "What recorded answers of language models used and cost.")
        {
            files, provider, model, type, headers, prices, json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(files),
            new InspectSettings(
                parsed.GetValue(provider), parsed.GetValue(model), parsed.GetValue(type),
                parsed.GetValue(headers) is { } file ? HeaderFile.Load(file) : HeaderFile.None),
            PriceSources.Load(parsed.GetValue(prices)), parsed.GetValue(json), console, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string[] files, InspectSettings settings, PriceCatalogue prices, bool asJson, ToolConsole console,
        CancellationToken cancellationToken)
    {
        var records = new List<InspectRecord>();
        var inspection = new Inspection(prices);
        var code = ExitCode.Ok;
        await using (inspection.ConfigureAwait(false))
        {
            foreach (var file in files)
            {
                var record = await ReadAsync(inspection, file, settings, console, cancellationToken)
                    .ConfigureAwait(false);
                code = Math.Max(code, record is null ? ExitCode.Unreadable
                    : record.IsKnown ? ExitCode.Ok
                    : ExitCode.Findings);
                if (record is not null && asJson)
                {
                    console.WriteJsonLine(record, InspectJson.Default.InspectRecord);
                }
                else if (record is not null)
                {
                    records.Add(record);
                }
            }
        }

        if (records.Count > 0)
        {
            Show(records, console);
        }

        return code;
    }

    private static async Task<InspectRecord?> ReadAsync(
        Inspection inspection, string file, InspectSettings settings, ToolConsole console,
        CancellationToken cancellationToken)
    {
        try
        {
            var record = await inspection.ReadAsync(file, settings, cancellationToken).ConfigureAwait(false);
            if (!record.IsKnown)
            {
                console.Say($"{file}: nothing found of what was used");
            }

            return record;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            console.Say(e.Message);
            return null;
        }
    }

    private static void Show(List<InspectRecord> records, ToolConsole console)
    {
        if (console.IsTerminal && records.Count == 1)
        {
            console.WriteTable(
                [new("field"), new("value", Wraps: true)],
                records[0].Fields.Select(static field => new[] { field.Name, field.Text ?? "-" }));
            return;
        }

        var shown = records[0].Fields.Select(static field => field.Name)
            .Where(name => !console.IsTerminal || _overview.Contains(name))
            .ToArray();
        var missing = console.IsTerminal ? "-" : "";
        console.WriteTable(
            [
                .. shown.Select(name => new TableColumn(
                    console.IsTerminal ? name.Replace("_tokens", "", StringComparison.Ordinal) : name,
                    _figures.Contains(name),
                    Wraps: name == "file")),
            ],
            records.Select(record => record.Fields.Where(field => shown.Contains(field.Name))
                .Select(field => field.Text ?? missing).ToArray()));
    }
}
