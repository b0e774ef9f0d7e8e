using LlmMetrics;

namespace Quickstart.Report;

/// <summary>What the library measured, read from its metrics alone.</summary>
/// <param name="Calls">One row per operation and model.</param>
/// <param name="Agents">One row per agent.</param>
public sealed record MeasuredRows(IReadOnlyList<CallRow> Calls, IReadOnlyList<AgentRow> Agents)
{
    private const string Duration = "gen_ai.client.operation.duration";
    private const string TooManyRequests = "429";

    /// <summary>Reads a snapshot.</summary>
    public static MeasuredRows From(MetricsSnapshot snapshot)
    {
        var reader = new SnapshotReader(snapshot);
        var calls = reader.Series("llm.calls")
            .Select(static series => (
                Operation: SnapshotReader.Tag(series, "operation"), Model: SnapshotReader.Tag(series, "model")))
            .Distinct()
            .OrderBy(static key => key.Operation, StringComparer.Ordinal)
            .ThenBy(static key => key.Model, StringComparer.Ordinal)
            .Select(key => Call(reader, key.Operation, key.Model));
        var agents = reader.Series("llm.agent.runs")
            .Select(static series => SnapshotReader.Tag(series, "agent"))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(agent => Agent(reader, agent));
        return new MeasuredRows([.. calls], [.. agents]);
    }

    private static CallRow Call(SnapshotReader reader, string operation, string model)
    {
        (string, string)[] key = [("operation", operation), ("model", model)];
        return new CallRow
        {
            Operation = operation,
            Model = model,
            Calls = reader.Count("llm.calls", key),
            Ok = reader.Count("llm.calls", [.. key, ("outcome", "ok")]),
            Errors = reader.Count("llm.calls", [.. key, ("outcome", "error")])
                + reader.Count("llm.calls", [.. key, ("outcome", "incomplete")]),
            RateLimited = Durations(reader, operation, model, TooManyRequests).Sum(static s => s.Count),
            Cancelled = reader.Count("llm.calls", [.. key, ("outcome", "cancelled")]),
            MissingUsage = reader.Count("llm.usage.missing", ("model", model)),
            InputTokens = reader.Count("llm.tokens", [.. key, ("type", "input")]),
            OutputTokens = reader.Count("llm.tokens", [.. key, ("type", "output")]),
            CachedTokens = reader.Count("llm.tokens", [.. key, ("type", "cache_read")]),
            ReasoningTokens = reader.Count("llm.tokens", [.. key, ("type", "reasoning")]),
            Cost = reader.Sum("llm.cost.usd", key),
            Unpriced = reader.Count("llm.cost.unpriced", ("model", model)),
            P50 = Quantile(reader, 0.5, operation, model),
            P95 = Quantile(reader, 0.95, operation, model),
        };
    }

    private static AgentRow Agent(SnapshotReader reader, string agent)
    {
        (string, string) key = ("agent", agent);
        var runs = reader.Count("llm.agent.runs", key);
        return new AgentRow
        {
            Agent = agent,
            Runs = runs,
            Errors = runs - reader.Count("llm.agent.runs", key, ("outcome", "ok")),
            Calls = reader.Count("llm.calls", key),
            InputTokens = reader.Count("llm.tokens", key, ("type", "input")),
            OutputTokens = reader.Count("llm.tokens", key, ("type", "output")),
            Cost = reader.Sum("llm.cost.usd", key),
            P50 = reader.Quantile(0.5, "gen_ai.invoke_agent.duration", ("gen_ai.agent.name", agent)),
            P95 = reader.Quantile(0.95, "gen_ai.invoke_agent.duration", ("gen_ai.agent.name", agent)),
        };
    }

    // Failed calls are often over at once and would make the others look faster than they are.
    private static double? Quantile(SnapshotReader reader, double share, string operation, string model) =>
        reader.Quantile(
            share,
            Duration,
            ("gen_ai.operation.name", operation), ("gen_ai.response.model", model), ("error.type", string.Empty));

    private static IEnumerable<MetricSeries> Durations(
        SnapshotReader reader, string operation, string model, string error) => reader.Series(Duration)
        .Where(series => SnapshotReader.Tag(series, "gen_ai.operation.name") == operation
            && SnapshotReader.Tag(series, "error.type") == error
            && Model(series) == model);

    private static string Model(MetricSeries series) =>
        SnapshotReader.Tag(series, "gen_ai.response.model") is { Length: > 0 } served
            ? served
            : SnapshotReader.Tag(series, "gen_ai.request.model");
}
