using System.CommandLine;
using LlmMetrics.Workload.Output;

namespace LlmMetrics.Tool.Workload;

/// <summary><c>llm-metrics workload</c>: what many users need, from what one user's day was measured to be.</summary>
internal static class WorkloadCommand
{
    private const string DefaultFolder = "reports";

    public static Command Create(ToolConsole console)
    {
        var figures = new FigureOptions();
        var plan = new PlanOptions();
        var folder = new Option<string?>("--out")
        {
            Description = "Folder of the report (JSON, Markdown, HTML, letters); reports if left out, none with --json",
            HelpName = "DIR",
        };
        var json = new Option<bool>("--json") { Description = "The plan as JSON on standard output" };
        var command = new Command(
            "workload", "Plans the GPUs, memory and cost of many users from one user's measured day.");
        figures.AddTo(command);
        plan.AddTo(command);
        command.Options.Add(folder);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = plan.Read(parsed);
            var measured = await figures.ReadAsync(parsed, cancellation).ConfigureAwait(false);
            WorkloadPlan result;
            using (var progress = new ProgressBar(console, TimeProvider.System))
            {
                result = WorkloadPlanner.Plan(measured, options, progress, cancellation);
            }

            return Write(result, console, parsed.GetValue(json), parsed.GetValue(folder));
        });
        return command;
    }

    private static int Write(WorkloadPlan plan, ToolConsole console, bool json, string? folder)
    {
        var text = WorkloadReport.ToJson(plan);
        folder ??= json ? null : DefaultFolder;
        if (folder is not null)
        {
            AtomicFile.WriteAll(
            [
                (Path.Combine(folder, "workload-calculation.json"), text),
                (Path.Combine(folder, "workload-calculation.md"), WorkloadReport.ToMarkdown(plan)),
                (Path.Combine(folder, "workload-calculation.html"), WorkloadReport.ToHtml(plan)),
                (Path.Combine(folder, "letter-en.txt"), WorkloadReport.ToLetter(plan, "en")),
                (Path.Combine(folder, "letter-fr.txt"), WorkloadReport.ToLetter(plan, "fr")),
            ]);
        }

        if (json)
        {
            console.Output.Write(text);
        }
        else
        {
            Tables.Write(console, Brief(plan));
            console.Output.WriteLine(Summary.Line(plan));
        }

        foreach (var note in json ? [] : plan.Notes)
        {
            console.Say(note);
        }

        if (plan.Unreachable is { } reason)
        {
            console.Say(reason);
        }

        if (folder is not null)
        {
            console.Say($"report written to {folder}");
        }

        return plan.Unreachable is null ? ExitCode.Ok : ExitCode.Findings;
    }

    // The hours and curves are in the files; a screen has room for what is decided by.
    private static IEnumerable<ReportTable> Brief(WorkloadPlan plan)
    {
        yield return PlanTables.Measurement(plan);
        yield return PlanTables.Projection(plan);
        if (plan.Unreachable is null)
        {
            yield return PlanTables.Peak(plan);
        }

        yield return PlanTables.Sensitivity(plan);
        if (plan.Providers.Count > 0)
        {
            yield return PlanTables.Providers(plan);
        }
    }
}
