using System.CommandLine;
using System.Net.Http.Headers;

namespace LlmMetrics.Tool;

/// <summary>The options that say where measurements are read from, the same for all verbs that read some.</summary>
internal sealed class SourceOptions
{
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(60);

    public Option<string?> Prometheus { get; } = new("--prometheus")
    {
        Description = "Base address of a Prometheus or VictoriaMetrics server",
        HelpName = "URL",
    };

    public Option<TimeSpan?> Window { get; } =
        Spans.Option("--window", "How far back to read: 24h from a server, all files of a folder if left out");

    public Option<DateTimeOffset?> End { get; } = new("--end")
    {
        Description = "End of the window on a server: a date or an ISO 8601 time, UTC; now if left out",
        HelpName = "DATE",
        CustomParser = Moments.FromOption,
    };

    public Option<string> Profile { get; } = new("--profile")
    {
        Description = "Names the app uses: genai, genai-next, prefixed:NAME or figures:NAME",
        HelpName = "P",
        DefaultValueFactory = static _ => "genai",
    };

    public Option<string?> BearerVariable { get; } = new("--bearer-variable")
    {
        Description = "Environment variable with a bearer token for the server",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Prometheus, Window, End, Profile, BearerVariable })
        {
            command.Options.Add(option);
        }
    }

    public MeasurementOptions ToOptions(ParseResult parsed) => new()
    {
        Profile = parsed.GetRequiredValue(Profile),
        Window = parsed.GetValue(Window),
        End = parsed.GetValue(End),
    };

    public static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https")
            ? address
            : throw new ToolException(ExitCode.Usage, $"'{text}' is no address such as http://localhost:9090");

    public HttpClient CreateClient(ParseResult parsed)
    {
        var client = new HttpClient { Timeout = _timeout };
        if (parsed.GetValue(BearerVariable) is { } name)
        {
            var token = Environment.GetEnvironmentVariable(name);
            client.DefaultRequestHeaders.Authorization = string.IsNullOrEmpty(token)
                ? throw new ToolException(ExitCode.Usage, $"--bearer-variable: the variable {name} is not set")
                : new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }
}
