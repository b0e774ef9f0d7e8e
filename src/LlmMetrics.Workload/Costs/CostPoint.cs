namespace LlmMetrics;

/// <summary>What a number of users needs and costs when the GPUs are one's own.</summary>
/// <param name="Users">Users.</param>
/// <param name="Gpus">GPUs.</param>
/// <param name="GpuMonthUsd">Their cost in 30 days, in US dollars.</param>
public sealed record CostPoint(long Users, int Gpus, double GpuMonthUsd);
