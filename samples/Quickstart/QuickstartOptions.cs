using System.Globalization;

namespace Quickstart;

/// <summary>What the command line and the environment ask for.</summary>
public sealed record QuickstartOptions
{
    /// <summary>Shown for --help and after a wrong argument.</summary>
    public const string Help = """
        Usage: dotnet run --project samples/Quickstart -- [options]

          --requests N     requests to send (200 to the simulator, 20 to a real provider); every 20 requests
                           a workflow of three agents runs beside them
          --parallel N     requests at a time (16)
          --port N         port of /metrics (9464 if it is free; 0 takes a free one)
          --folder PATH    folder of the JSON files (metrics)
          --speed X        pace of the simulator: 1 is a real provider's, 5 five times as fast (10)
          --seed N         seed of the simulator (3)
          --otlp URL       also send metrics and traces to this OpenTelemetry endpoint
          --model NAME     model to ask for (several OpenAI models)
          --exit           end after the requests instead of waiting for Ctrl+C
          --help           this text

        With OPENAI_API_KEY or OPENAI_BASE_URL set, a real provider is used instead of the simulator.
        Exit code 1: the measurements differ from the simulator's ledger. 2: wrong arguments or a taken port.
        130: interrupted before the requests were done.
        """;

    private const string OpenAi = "https://api.openai.com/v1/";

    /// <summary>Requests to send.</summary>
    public int Requests { get; init; }

    /// <summary>Requests at a time.</summary>
    public int Parallel { get; init; } = 16;

    /// <summary>Port of /metrics; 0 takes a free one, null the usual one if it is free.</summary>
    public int? Port { get; init; }

    /// <summary>Folder of the JSON files.</summary>
    public string Folder { get; init; } = "metrics";

    /// <summary>Model to ask for; null for several.</summary>
    public string? Model { get; init; }

    /// <summary>Pace of the simulator.</summary>
    public double Speed { get; init; } = 10;

    /// <summary>Seed of the simulator.</summary>
    public int Seed { get; init; } = 3;

    /// <summary>OpenTelemetry endpoint; null for none.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>Whether to end after the requests.</summary>
    public bool Exit { get; init; }

    /// <summary>Whether only the help is asked for.</summary>
    public bool ShowHelp { get; init; }

    /// <summary>Base address of a real provider, ending in a slash; null for the simulator.</summary>
    public Uri? Provider { get; init; }

    /// <summary>Its key; empty when it needs none.</summary>
    public string ApiKey { get; init; } = string.Empty;

    /// <summary>Reads the arguments and the environment.</summary>
    /// <returns>The options, or what is wrong with an argument.</returns>
    public static (QuickstartOptions Options, string? Problem) Parse(
        IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var key = environment("OPENAI_API_KEY");
        var address = environment("OPENAI_BASE_URL");
        var options = new QuickstartOptions { ApiKey = key ?? string.Empty };
        if (!string.IsNullOrEmpty(key) || !string.IsNullOrEmpty(address))
        {
            address = (string.IsNullOrEmpty(address) ? OpenAi : address).TrimEnd('/') + "/";
            if (!TryAddress(address, out var provider))
            {
                return (options, $"OPENAI_BASE_URL is not an http or https address: {address}");
            }

            options = options with { Provider = provider };
        }

        for (var index = 0; index < args.Count; index++)
        {
            if (options.WithFlag(args[index]) is { } withFlag)
            {
                options = withFlag;
                continue;
            }

            var value = index + 1 < args.Count ? args[index + 1] : null;
            if (options.WithValue(args[index], value) is not { } withValue)
            {
                return (options, $"Not understood: {args[index]} {value}".TrimEnd());
            }

            options = withValue;
            index++;
        }

        // A real provider costs money, so its default is small.
        return (options.Requests > 0 ? options : options with { Requests = options.Provider is null ? 200 : 20 }, null);
    }

    private static bool TryAddress(string? text, out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is "http" or "https";

    private static bool TryNumber(string? text, int low, int high, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number >= low && number <= high;

    private QuickstartOptions? WithFlag(string name) => name switch
    {
        "--exit" => this with { Exit = true },
        "--help" or "-h" => this with { ShowHelp = true },
        _ => null,
    };

    private QuickstartOptions? WithValue(string name, string? value)
    {
        switch (name)
        {
            case "--requests" when TryNumber(value, 1, 10_000_000, out var requests):
                return this with { Requests = requests };
            case "--parallel" when TryNumber(value, 1, 1000, out var parallel):
                return this with { Parallel = parallel };
            case "--port" when TryNumber(value, 0, 65_535, out var port):
                return this with { Port = port };
            case "--seed" when TryNumber(value, 0, int.MaxValue, out var seed):
                return this with { Seed = seed };
            case "--speed" when double.TryParse(value, CultureInfo.InvariantCulture, out var speed) && speed > 0:
                return this with { Speed = speed };
            case "--folder" when !string.IsNullOrWhiteSpace(value):
                return this with { Folder = value };
            case "--model" when !string.IsNullOrWhiteSpace(value):
                return this with { Model = value };
            case "--otlp" when TryAddress(value, out var otlp):
                return this with { Otlp = otlp };
            default:
                return null;
        }
    }
}
