namespace LlmMetrics.Workload.Simulation;

/// <summary>What users ask for, apart from when.</summary>
/// <param name="Input">Input tokens per request.</param>
/// <param name="Output">Output tokens per request.</param>
/// <param name="Burst">Mean number of requests that come together; 1 is Poisson.</param>
/// <param name="BurstGapSeconds">Mean time between the requests of a burst.</param>
internal sealed record Load(LengthTable Input, LengthTable Output, double Burst = 1, double BurstGapSeconds = 1);
