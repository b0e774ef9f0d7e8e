namespace LlmMetrics.Configuration;

/// <summary>A profile that was added to the builder.</summary>
internal sealed record ProfileRegistration(MetricProfile Profile);
