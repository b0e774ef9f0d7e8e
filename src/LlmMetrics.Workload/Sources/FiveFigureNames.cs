namespace LlmMetrics.Workload.Sources;

/// <summary>
/// The names under which an agent counts the five figures itself: messages, requests, input and output tokens, and the
/// time a message takes.
/// </summary>
internal static class FiveFigureNames
{
    public static FigureNames Of(string prefix) => new()
    {
        Profile = "figures:" + prefix,
        Messages = new MetricReference(prefix + ".messages.received", MetricKind.Counter),
        Requests = new MetricReference(prefix + ".llm.requests", MetricKind.Counter),
        Input = new MetricReference(prefix + ".llm.tokens.input", MetricKind.Counter),
        Output = new MetricReference(prefix + ".llm.tokens.output", MetricKind.Counter),
        Response = new MetricReference(prefix + ".message.processing.duration", MetricKind.Histogram, "ms"),
        Uptime = new MetricReference(prefix + ".uptime", MetricKind.Gauge, "s"),
    };
}
