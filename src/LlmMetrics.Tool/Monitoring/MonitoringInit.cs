using System.CommandLine;
using LlmMetrics.Monitoring;

namespace LlmMetrics.Tool.Monitoring;

/// <summary><c>llm-metrics monitoring init</c>: writes the files of a stack into a folder.</summary>
internal static class MonitoringInit
{
    public static Command Create(ToolConsole console)
    {
        var options = new MonitoringOptions();
        var command = new Command(
            "init", "Writes a stack for an app: compose file, Prometheus, Alertmanager, Grafana, dashboards.");
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var files = Emit(options, parsed);
            var folder = parsed.GetRequiredValue(options.Out).FullName;
            if (!parsed.GetValue(options.Force))
            {
                RefuseToReplace(folder, files);
            }

            AtomicFile.WriteAll([.. files.Select(file => (Path.Combine(folder, file.Path), file.Text))]);
            foreach (var file in files)
            {
                console.Output.WriteLine(file.Path);
            }

            console.Say($"{files.Count} files written to {folder}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static IReadOnlyList<MonitoringFile> Emit(MonitoringOptions options, ParseResult parsed)
    {
        try
        {
            return MonitoringFiles.Emit(options.ToDefinition(parsed), parsed.GetValue(options.Layout));
        }
        catch (MonitoringException problem)
        {
            throw new ToolException(ExitCode.Findings, problem.Message);
        }
    }

    // Before anything is written: a stack is whole or untouched.
    private static void RefuseToReplace(string folder, IReadOnlyList<MonitoringFile> files)
    {
        var there = files.Where(file => Path.Exists(Path.Combine(folder, file.Path))).ToArray();
        if (there.Length > 0)
        {
            throw new ToolException(
                ExitCode.Usage,
                $"{string.Join(", ", there.Select(static file => file.Path))}: there already; --force replaces");
        }
    }
}
