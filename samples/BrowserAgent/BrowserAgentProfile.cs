using LlmMetrics;

namespace BrowserAgent;

/// <summary>
/// The names under which this agent's load was always read off: OTLP keeps their dots. Durations are in milliseconds,
/// as the figures that the planner takes.
/// </summary>
public static class BrowserAgentProfile
{
    /// <summary>Prefix of every name.</summary>
    public const string Prefix = "sofia";

    /// <summary>The profile.</summary>
    public static MetricProfile Create() => MetricProfile.Create(Prefix, profile =>
    {
        profile.WithPrefix(Prefix);
        profile.Counter(FactKind.LlmCall, "sofia.llm.requests")
            .Unit("{request}").Description("Requests to the node's models, embeddings included.");
        profile.Counter(FactKind.LlmCall, "sofia.llm.tokens.input", FactValue.InputTokens)
            .Unit("{token}").Description("Tokens read.");
        profile.Counter(FactKind.LlmCall, "sofia.llm.tokens.output", FactValue.OutputTokens)
            .Unit("{token}").Description("Tokens written.");
        profile.Histogram(FactKind.AgentRun, "sofia.message.processing.duration")
            .Unit("ms", scale: 1000).Description("Time from a message to the end of its answer.")
            .Buckets(50, 100, 250, 500, 750, 1000, 1500, 2000, 3000, 5000, 10000, 30000);
        profile.Counter(FactKind.ErrorEvent, "sofia.errors")
            .Unit("{error}").Description("Messages that got no answer.")
            .Tag("type", FactField.ErrorType);
    });
}
