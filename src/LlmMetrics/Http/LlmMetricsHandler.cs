namespace LlmMetrics;

/// <summary>Draft: measures language-model calls that pass through an HttpClient.</summary>
public sealed class LlmMetricsHandler(LlmMetricsRuntime runtime) : DelegatingHandler
{
    internal LlmMetricsRuntime Runtime { get; } = runtime;
}
