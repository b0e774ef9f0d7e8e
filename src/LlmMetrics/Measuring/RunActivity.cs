using System.Diagnostics;

namespace LlmMetrics.Measuring;

/// <summary>The span of a run: <c>invoke_workflow</c>, <c>invoke_agent</c> or <c>execute_tool</c>.</summary>
internal static class RunActivity
{
    /// <summary>Whether such a run gets a span, if it is sampled. Functions have none by convention.</summary>
    public static bool IsWanted(ActivitySource source, FactKind kind) =>
        kind != FactKind.FunctionRun && source.HasListeners();

    public static Activity? Start(ActivitySource source, FactKind kind, string name, string? agent)
    {
        var (operation, attribute) = kind switch
        {
            FactKind.AgentRun => (RunSpanNames.InvokeAgent, RunSpanNames.AgentName),
            FactKind.WorkflowRun => (RunSpanNames.InvokeWorkflow, RunSpanNames.WorkflowName),
            _ => (RunSpanNames.ExecuteTool, RunSpanNames.ToolName),
        };

        // Samplers see these, so they are there from the start.
        var tags = new ActivityTagsCollection { [RunSpanNames.Operation] = operation, [attribute] = name };
        if (kind == FactKind.ToolRun && agent is not null)
        {
            tags[RunSpanNames.AgentName] = agent;
        }

        return source.StartActivity($"{operation} {name}", ActivityKind.Internal, default(ActivityContext), tags);
    }

    public static void Stop(Activity activity, LlmOutcome outcome, string? errorType)
    {
        if (outcome == LlmOutcome.Error)
        {
            activity.SetStatus(ActivityStatusCode.Error);
            activity.SetTag(RunSpanNames.ErrorType, errorType);
        }

        // Stopping makes the parent current, also if it is the app's own activity that is current now.
        var current = Activity.Current;
        activity.Stop();
        if (current != activity)
        {
            Activity.Current = current;
        }
    }
}
