namespace LlmMetrics.Testing;

/// <summary>A sample as another parser read it.</summary>
/// <param name="Name">The sample's name, such as <c>latency_seconds_bucket</c>.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">Its value.</param>
/// <param name="ExemplarLabels">The exemplar's labels, or null without one.</param>
public sealed record JudgedSample(
    string Name,
    IReadOnlyDictionary<string, string> Labels,
    double Value,
    IReadOnlyDictionary<string, string>? ExemplarLabels);
