namespace LlmMetrics;

/// <summary>Response times in milliseconds.</summary>
/// <param name="P50Ms">Median.</param>
/// <param name="P95Ms">95th percentile.</param>
/// <param name="P99Ms">99th percentile.</param>
/// <param name="MeanMs">Mean.</param>
public sealed record ResponseTimes(double P50Ms, double P95Ms, double P99Ms, double MeanMs);
