namespace LlmMetrics.Workload.Sources;

/// <summary>A series as a server answered it.</summary>
internal sealed record PrometheusSeries(
    IReadOnlyDictionary<string, string> Labels, IReadOnlyList<(double Time, double Value)> Samples);
