using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics;

/// <summary>Configures LlmMetrics; returned by <c>AddLlmMetrics</c>. Adapters extend it.</summary>
public interface ILlmMetricsBuilder
{
    /// <summary>The host's services.</summary>
    IServiceCollection Services { get; }
}
