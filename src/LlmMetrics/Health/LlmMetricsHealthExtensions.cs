using LlmMetrics.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace LlmMetrics;

/// <summary>Adds a health check.</summary>
public static class LlmMetricsHealthExtensions
{
    /// <summary>
    /// Adds a check that fails when an exporter no longer succeeds, a budget is spent, or a provider's calls fail too
    /// often.
    /// </summary>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="name">Name of the check.</param>
    /// <param name="failureStatus">What a failure means; unhealthy by default.</param>
    /// <param name="tags">Tags of the check.</param>
    /// <param name="timeout">How long the check may take. It only reads memory.</param>
    /// <param name="configure">Sets what it looks at.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// What it says names exporters, budgets and providers, and no feature or tenant. Exports that the OpenTelemetry
    /// SDK makes on its own schedule (OTLP) and scrapes are not seen. Do not let an orchestrator restart the app over
    /// it: a provider that is down or money that is spent is no better after a restart.
    /// </remarks>
    public static IHealthChecksBuilder AddLlmMetrics(
        this IHealthChecksBuilder builder,
        string name = "llm-metrics",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null,
        Action<LlmMetricsHealthOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var services = builder.Services;
        services.AddLlmMetrics();
        if (services.All(static service => service.ServiceType != typeof(ProviderRates)))
        {
            services.AddSingleton<ProviderRates>();
            services.AddSingleton<ILlmCallObserver>(static provider => provider.GetRequiredService<ProviderRates>());
        }

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<LlmMetricsHealthOptions>, LlmMetricsHealthOptionsValidator>());
        var options = services.AddOptions<LlmMetricsHealthOptions>(name).ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        return builder.Add(new HealthCheckRegistration(
            name,
            provider => new LlmMetricsHealthCheck(
                provider.GetRequiredService<LlmMetricsRuntime>(),
                provider.GetRequiredService<ProviderRates>(),
                provider.GetRequiredService<IOptionsMonitor<LlmMetricsHealthOptions>>().Get(name)),
            failureStatus,
            tags,
            timeout));
    }
}
