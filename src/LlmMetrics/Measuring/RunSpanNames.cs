namespace LlmMetrics.Measuring;

/// <summary>
/// Names of the spans and attributes of agents, workflows and tools: OpenTelemetry GenAI conventions 1.41.1 and, for
/// workflows, their successor repository (October 2026).
/// </summary>
internal static class RunSpanNames
{
    public const string Operation = "gen_ai.operation.name";
    public const string AgentName = "gen_ai.agent.name";
    public const string WorkflowName = "gen_ai.workflow.name";
    public const string ToolName = "gen_ai.tool.name";
    public const string ErrorType = "error.type";
    public const string InvokeAgent = "invoke_agent";
    public const string InvokeWorkflow = "invoke_workflow";
    public const string ExecuteTool = "execute_tool";
}
