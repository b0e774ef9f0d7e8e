namespace LlmMetrics.Workload.Exposition;

/// <summary>One line of a scrape.</summary>
/// <param name="Name">Name of the sample.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">Its value.</param>
/// <param name="Line">Number of the line, from 1.</param>
internal sealed record ExpositionSample(
    string Name, IReadOnlyDictionary<string, string> Labels, double Value, int Line);
