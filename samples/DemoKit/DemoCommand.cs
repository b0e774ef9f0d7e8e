using System.CommandLine;
using System.Data.Common;

namespace DemoKit;

/// <summary>The switches that all samples have.</summary>
public static class DemoCommand
{
    /// <summary>Exit code for what the user has to mend: arguments, a taken port, a missing program.</summary>
    public const int Misused = 2;

    // Enough for a few scrapes while it runs.
    private const int RoundsBeforeExit = 3;

    /// <summary>Reads the arguments and runs the sample, or shows its help.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="description">What the sample is.</param>
    /// <param name="usual">What holds where the arguments say nothing.</param>
    /// <param name="run">Runs it and gives its exit code.</param>
    public static async Task<int> RunAsync(
        string[] args, string description, DemoOptions usual, Func<DemoOptions, Task<int>> run)
    {
        var demo = new Option<bool>("--demo") { Description = "Simulate the providers and fill every metric" };
        var exit = new Option<bool>("--exit") { Description = "End after the demo" };
        var urls = new Option<string>("--urls")
        {
            Description = "Where the app listens", DefaultValueFactory = _ => usual.Urls,
        };
        var port = new Option<int>("--metrics-port")
        {
            Description = "Port of /metrics where it is not the app's; 0 takes a free one",
            DefaultValueFactory = _ => usual.MetricsPort,
        };
        var speed = new Option<double>("--speed")
        {
            Description = "Pace of the simulated providers; 1 is a real one's", DefaultValueFactory = _ => usual.Speed,
        };
        var rounds = new Option<int?>("--rounds") { Description = "Rounds of load after which the demo rests" };
        AddChecks(port, speed, rounds);
        var command = new RootCommand(description) { demo, exit, urls, port, speed, rounds };
        var parsed = command.Parse(args);
        if (parsed.Action is not null)
        {
            // Help, version, or what is wrong with the arguments.
            return await parsed.InvokeAsync() == 0 ? 0 : Misused;
        }

        var options = usual with
        {
            Demo = parsed.GetValue(demo),
            Exit = parsed.GetValue(exit),
            Urls = parsed.GetValue(urls)!,
            MetricsPort = parsed.GetValue(port),
            Speed = parsed.GetValue(speed),
            Rounds = parsed.GetValue(rounds) ?? (parsed.GetValue(exit) ? RoundsBeforeExit : null),
        };
        try
        {
            return await run(options);
        }
        catch (DbException problem)
        {
            await Console.Error.WriteLineAsync($"The database does not answer: {problem.Message}");
            return Misused;
        }
        catch (IOException problem)
        {
            // Kestrel's way to say that an address is taken.
            await Console.Error.WriteLineAsync(problem.Message);
            return Misused;
        }
    }

    private static void AddChecks(Option<int> port, Option<double> speed, Option<int?> rounds)
    {
        port.Validators.Add(result => Require(
            result.GetValueOrDefault<int>() is >= 0 and <= 65_535, result, "--metrics-port takes 0 to 65535."));
        speed.Validators.Add(result => Require(
            result.GetValueOrDefault<double>() > 0, result, "--speed takes a number above 0."));
        rounds.Validators.Add(result => Require(
            result.GetValueOrDefault<int?>() is null or > 0, result, "--rounds takes a number above 0."));

        static void Require(bool holds, System.CommandLine.Parsing.OptionResult result, string message)
        {
            if (!holds)
            {
                result.AddError(message);
            }
        }
    }
}
