using System.CommandLine;
using System.Globalization;
using System.Text;

namespace LlmMetrics.Tool.Check;

/// <summary><c>llm-metrics check</c>: looks over what an endpoint exposes.</summary>
internal static class CheckCommand
{
    private const int MaxBytes = 256 * 1024 * 1024;
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(30);

    public static Command Create(ToolConsole console)
    {
        var target = new Argument<string>("URL|FILE")
        {
            Description = "Address of the endpoint, or a file with its answer; - is standard input",
        };
        var profile = new Option<string?>("--profile")
        {
            Description = "Profile whose metrics must be there: genai, genai-next, prefixed:NAME or figures:NAME",
            HelpName = "P",
        };
        var series = Numbers.Whole("--max-series", "Series a metric may have; 2000 if left out");
        var values = Numbers.Whole("--max-label-values", "Values a label may have; 100 if left out");
        var command = new Command(
            "check", "Checks an endpoint: format, cardinality, missing metrics, models without a price.");
        command.Arguments.Add(target);
        foreach (var option in new Option[] { profile, series, values })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            var page = await ReadAsync(parsed.GetRequiredValue(target), console, cancellation).ConfigureAwait(false);
            var defaults = new CheckOptions();
            var findings = EndpointCheck.Run(page, defaults with
            {
                Profile = parsed.GetValue(profile),
                MaxSeries = Limit(parsed.GetValue(series), series.Name) ?? defaults.MaxSeries,
                MaxLabelValues = Limit(parsed.GetValue(values), values.Name) ?? defaults.MaxLabelValues,
                Date = TimeProvider.System.GetUtcNow(),
            });
            return Write(findings, console);
        });
        return command;
    }

    private static int? Limit(long? value, string option) => value switch
    {
        null => null,
        >= 1 and <= int.MaxValue => (int)value,
        _ => throw new ToolException(ExitCode.Usage, $"{option} is {value}, but must be at least 1"),
    };

    private static async Task<string> ReadAsync(string target, ToolConsole console, CancellationToken cancellation)
    {
        if (target == "-")
        {
            using var reader = new StreamReader(console.Input, Encoding.UTF8);
            return await reader.ReadToEndAsync(cancellation).ConfigureAwait(false);
        }

        if (!target.StartsWith("http://", StringComparison.Ordinal)
            && !target.StartsWith("https://", StringComparison.Ordinal))
        {
            return Directory.Exists(target)
                ? throw new ToolException(
                    ExitCode.Unreadable, $"{target} is a folder; give the file of one answer, or a URL")
                : await File.ReadAllTextAsync(target, cancellation).ConfigureAwait(false);
        }

        using var client = new HttpClient { Timeout = _timeout, MaxResponseContentBufferSize = MaxBytes };
        try
        {
            using var response = await client.GetAsync(SourceOptions.Address(target), cancellation)
                .ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false)
                : throw new ToolException(ExitCode.Unreadable, $"{target} answered {(int)response.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            var reason = e is OperationCanceledException ? $"nothing within {_timeout.TotalSeconds:0} s" : e.Message;
            throw new ToolException(ExitCode.Unreadable, $"{target} did not answer: {reason}");
        }
    }

    private static int Write(IReadOnlyList<CheckFinding> findings, ToolConsole console)
    {
        if (findings.Count == 0)
        {
            console.Say("nothing found");
            return ExitCode.Ok;
        }

        console.WriteTable(
            [new("rule"), new("line", IsFigure: true), new("subject"), new("finding")],
            findings.Select(static finding => new[]
            {
                finding.Rule,
                finding.Line?.ToString(CultureInfo.InvariantCulture) ?? "",
                finding.Subject,
                finding.Message,
            }));
        return ExitCode.Findings;
    }
}
