using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Configuration;

/// <inheritdoc/>
internal sealed class LlmMetricsBuilder(IServiceCollection services) : ILlmMetricsBuilder
{
    public IServiceCollection Services => services;
}
