using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using LlmMetrics.Tool.Check;
using LlmMetrics.Tool.Inspect;
using LlmMetrics.Tool.Monitoring;
using LlmMetrics.Tool.Price;
using LlmMetrics.Tool.Prices;
using LlmMetrics.Tool.Report;
using LlmMetrics.Tool.Workload;

namespace LlmMetrics.Tool;

/// <summary>Puts the verbs together and runs the one that was asked for.</summary>
internal static class ToolApp
{
    private const string Name = "llm-metrics";

    // One line per verb; each lives in a folder of its own and brings its options, help and output along.
    private static readonly Func<ToolConsole, Command>[] _verbs =
    [
        InspectCommand.Create,
        MonitoringCommand.Create,
        PriceCommand.Create,
        PricesCommand.Create,
        WorkloadCommand.Create,
        ReportCommand.Create,
        CheckCommand.Create,
    ];

    // Long enough for a verb to stop its servers and to write what it has; then Ctrl+C ends the process.
    private static readonly TimeSpan _terminationTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The version that <c>--version</c> prints.</summary>
    public static string Version { get; } = typeof(ToolApp).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>
    /// Runs a command line. Standard output and error are those of the console, also for help; Ctrl+C cancels the
    /// token that the verb gets.
    /// </summary>
    /// <returns>The exit code; see <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, ToolConsole console, CancellationToken cancellationToken)
    {
        try
        {
            var parsed = Compose(console).Parse(arguments);
            if (parsed.Errors.Count > 0)
            {
                return Refuse(parsed, console);
            }

            var invocation = new InvocationConfiguration
            {
                Output = console.Output,
                Error = console.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = _terminationTimeout,
            };
            return await parsed.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
        }
        catch (ToolException e)
        {
            console.Say(e.Message);
            return e.ExitCode;
        }
        catch (WorkloadException e)
        {
            console.Say(e.Message);
            return e.IsSource ? ExitCode.Unreadable : ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            console.Say("cancelled");
            return ExitCode.Cancelled;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            console.Say(e.Message);
            return ExitCode.Unreadable;
        }
        catch (Exception e)
        {
            console.Say($"this is a bug: {e}");
            return ExitCode.Bug;
        }
        finally
        {
            await console.FlushAsync().ConfigureAwait(false);
        }
    }

    private static RootCommand Compose(ToolConsole console)
    {
        var root = new RootCommand("What calls to language models used and cost, and what many users would.")
        {
            HelpName = Name,
        };
        ((HelpAction)root.Options.OfType<HelpOption>().Single().Action!).MaxWidth = console.Width;
        // The built-in option tells the version of the process's assembly, which under test is not the tool.
        root.Options.Remove(root.Options.OfType<VersionOption>().Single());
        var version = new Option<bool>("--version") { Description = "Show the version" };
        root.Options.Add(version);
        root.SetAction(parsed =>
        {
            if (!parsed.GetValue(version))
            {
                throw new ToolException(ExitCode.Usage, $"a verb is missing; see {Name} --help");
            }

            console.Output.WriteLine(Version);
            return ExitCode.Ok;
        });
        foreach (var verb in _verbs)
        {
            root.Subcommands.Add(verb(console));
        }

        return root;
    }

    private static int Refuse(ParseResult parsed, ToolConsole console)
    {
        foreach (var message in parsed.Errors.Select(static error => error.Message).Distinct(StringComparer.Ordinal))
        {
            console.Say(message);
        }

        var path = new List<string>();
        for (var result = parsed.CommandResult; result is not null;
            result = result.Parent as System.CommandLine.Parsing.CommandResult)
        {
            path.Insert(0, result.Parent is null ? Name : result.Command.Name);
        }

        console.Error.WriteLine($"See {string.Join(' ', path)} --help");
        return ExitCode.Usage;
    }
}
