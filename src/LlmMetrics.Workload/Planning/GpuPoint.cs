namespace LlmMetrics;

/// <summary>What a number of GPUs gives in the peak hour.</summary>
/// <param name="Gpus">GPUs.</param>
/// <param name="P95Ms">95th percentile of the response time in milliseconds; null if they cannot keep up.</param>
/// <param name="Interval">95 % interval of the simulation in milliseconds; null if they cannot keep up.</param>
public sealed record GpuPoint(int Gpus, double? P95Ms, ConfidenceInterval? Interval);
