using System.CommandLine;

namespace LlmMetrics.Tool.Workload;

/// <summary>What was measured: typed figures, or where they are read from.</summary>
internal sealed class FigureOptions
{
    private readonly SourceOptions _source = new();
    private readonly Option<double?> _messages = Numbers.Option("--messages", "Messages that the app received");
    private readonly Option<double?> _requests = Numbers.Option("--llm-requests", "Requests to the language model");
    private readonly Option<double?> _input = Numbers.Option("--input-tokens", "Input tokens in all");
    private readonly Option<double?> _output = Numbers.Option("--output-tokens", "Output tokens in all");
    private readonly Option<double?> _response = Numbers.Option(
        "--avg-response-ms", "Mean response time in milliseconds");
    private readonly Option<double?> _hours = Numbers.Option(
        "--hours", "Length of the measurement in hours; 24 for typed figures");

    private readonly Option<long?> _measuredUsers =
        Numbers.Whole("--measured-users", "How many users were measured together; 1 if left out");

    private readonly Option<string?> _from = new("--from")
    {
        Description = "Folder of the JSON files that the app wrote",
        HelpName = "DIR",
    };

    private readonly Option<string[]> _scrapes = new("--scrape")
    {
        Description = "Saved answer of /metrics; give it twice, before and after the measured time",
        HelpName = "FILE",
    };

    private readonly Option<string?> _messagesMetric = new("--messages-metric")
    {
        Description = "Counter of the messages, if the profile has none",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
            { _messages, _requests, _input, _output, _response, _hours, _measuredUsers, _from, _scrapes,
                _messagesMetric })
        {
            command.Options.Add(option);
        }

        _source.AddTo(command);
    }

    public async Task<WorkloadMeasurement> ReadAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = parsed.GetValue(_from);
        var server = parsed.GetValue(_source.Prometheus);
        var scrapes = parsed.GetValue(_scrapes) ?? [];
        var typed = new[] { _messages, _requests, _input, _output, _response }
            .Where(option => parsed.GetValue(option) is not null).Select(static option => option.Name).ToList();
        var sources = new[] { typed.Count > 0, folder is not null, server is not null, scrapes.Length > 0 };
        if (sources.Count(static given => given) != 1)
        {
            throw new ToolException(
                ExitCode.Usage,
                "give one source: the five figures (--messages --llm-requests --input-tokens --output-tokens "
                + "--avg-response-ms), --from DIR, --prometheus URL, or --scrape FILE twice");
        }

        var options = _source.ToOptions(parsed) with
        {
            Hours = parsed.GetValue(_hours),
            MeasuredUsers = MeasuredUsers(parsed),
            MessagesMetric = parsed.GetValue(_messagesMetric),
        };
        if (folder is not null)
        {
            return await MeasurementReader.FromFolderAsync(folder, options, cancellation).ConfigureAwait(false);
        }

        if (server is not null)
        {
            using var client = _source.CreateClient(parsed);
            return await MeasurementReader.FromPrometheusAsync(
                SourceOptions.Address(server), client, options, cancellation).ConfigureAwait(false);
        }

        return scrapes.Length > 0
            ? await FromScrapesAsync(scrapes, options, cancellation).ConfigureAwait(false)
            : Typed(parsed);
    }

    private static async Task<WorkloadMeasurement> FromScrapesAsync(
        string[] files, MeasurementOptions options, CancellationToken cancellation) => files is [var before, var after]
        ? await MeasurementReader.FromScrapesAsync(
            await File.ReadAllTextAsync(before, cancellation).ConfigureAwait(false),
            await File.ReadAllTextAsync(after, cancellation).ConfigureAwait(false),
            options,
            cancellation).ConfigureAwait(false)
        : throw new ToolException(ExitCode.Usage, "--scrape is given twice: before and after the measured time");

    private WorkloadMeasurement Typed(ParseResult parsed) => new()
    {
        Messages = Required(parsed, _messages),
        Requests = Required(parsed, _requests),
        InputTokens = Required(parsed, _input),
        OutputTokens = Required(parsed, _output),
        MeanResponseMs = Required(parsed, _response),
        Hours = parsed.GetValue(_hours) ?? 24,
        MeasuredUsers = MeasuredUsers(parsed),
    };

    private int MeasuredUsers(ParseResult parsed) =>
        (int)Math.Clamp(parsed.GetValue(_measuredUsers) ?? 1, int.MinValue, int.MaxValue);

    private static double Required(ParseResult parsed, Option<double?> option) => parsed.GetValue(option)
        ?? throw new ToolException(
            ExitCode.Usage, $"{option.Name} is missing ({option.Description}): give the figure that was measured");
}
