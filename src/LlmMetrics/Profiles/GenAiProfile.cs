namespace LlmMetrics.Profiles;

/// <summary>
/// OpenTelemetry GenAI conventions 1.41.1 (metrics, status Development), the drafts for agents, tools and workflows of
/// the conventions' successor repository (October 2026), and names of this library (<c>llm.*</c>, <c>app.*</c>,
/// <c>llmmetrics.*</c>) for what no standard covers.
/// </summary>
internal static class GenAiProfile
{
    public static MetricProfile Create() => MetricProfile.Create("genai", static profile =>
    {
        AddConventions(profile);
        AddRuns(profile);
        LibraryInstruments.AddTo(profile);
    });

    /// <summary>The drafts for agents, workflows and tools, which the successor names share.</summary>
    public static void AddRuns(MetricProfileBuilder profile)
    {
        profile.Histogram(FactKind.AgentRun, "gen_ai.invoke_agent.duration")
            .Unit("s").Description("Duration of an agent's run.").Buckets(GenAiBuckets.AgentSeconds)
            .Tag("gen_ai.agent.name", FactField.Agent).Tag("error.type", FactField.ErrorType);
        profile.Histogram(FactKind.AgentRun, "gen_ai.invoke_agent.inference_calls", FactValue.InferenceCalls)
            .Unit("{inference_call}").Description("Calls on language models per run of an agent.")
            .Buckets(GenAiBuckets.CallsOfAgent).Tag("gen_ai.agent.name", FactField.Agent);
        profile.Histogram(FactKind.AgentRun, "gen_ai.invoke_agent.tool_calls", FactValue.ToolCalls)
            .Unit("{tool_call}").Description("Runs of tools per run of an agent.")
            .Buckets(GenAiBuckets.CallsOfAgent).Tag("gen_ai.agent.name", FactField.Agent);
        profile.Histogram(FactKind.WorkflowRun, "gen_ai.invoke_workflow.duration")
            .Unit("s").Description("Duration of a workflow's run.").Buckets(GenAiBuckets.WorkflowSeconds)
            .Tag("gen_ai.workflow.name", FactField.Workflow).Tag("error.type", FactField.ErrorType);
        profile.Histogram(FactKind.ToolRun, "gen_ai.execute_tool.duration")
            .Unit("s").Description("Duration of a tool's run.").Buckets(GenAiBuckets.Seconds)
            .Tag("gen_ai.tool.name", FactField.Tool).Tag("gen_ai.agent.name", FactField.Agent)
            .Tag("error.type", FactField.ErrorType);
    }

    private static void AddConventions(MetricProfileBuilder profile)
    {
        Tokens(profile, FactValue.InputTokens, "input");
        Tokens(profile, FactValue.OutputTokens, "output");
        Call(profile.Histogram(FactKind.LlmCall, "gen_ai.client.operation.duration")
            .Unit("s").Description("Duration of an operation, to the end of its answer.")
            .Buckets(GenAiBuckets.Seconds)).Tag("error.type", FactField.ErrorType);
        Call(profile.Histogram(
                FactKind.LlmCall, "gen_ai.client.operation.time_to_first_chunk", FactValue.TimeToFirstChunk)
            .Unit("s").Description("Time from the request to the first chunk of a streamed answer.")
            .Buckets(GenAiBuckets.Seconds));
        Call(profile.Histogram(FactKind.LlmChunk, "gen_ai.client.operation.time_per_output_chunk")
            .Unit("s").Description("Time between two chunks of a streamed answer, after the first.")
            .Buckets(GenAiBuckets.Seconds));
    }

    private static void Tokens(MetricProfileBuilder profile, FactValue value, string type) =>
        Call(profile.Histogram(FactKind.LlmCall, "gen_ai.client.token.usage", value)
            .Unit("{token}").Description("Input and output tokens per operation.").Buckets(GenAiBuckets.Tokens))
            .Constant("gen_ai.token.type", type);

    /// <summary>
    /// The attributes that all client metrics share. The last fold first: the server's address tells the least.
    /// </summary>
    private static InstrumentBuilder Call(InstrumentBuilder instrument) => instrument
        .Tag("gen_ai.operation.name", FactField.Operation)
        .Tag("gen_ai.provider.name", FactField.Provider)
        .Tag("gen_ai.request.model", FactField.RequestModel)
        .Tag("gen_ai.response.model", FactField.ResponseModel)
        .Tag("server.address", FactField.ServerAddress)
        .Tag("server.port", FactField.ServerPort);
}
