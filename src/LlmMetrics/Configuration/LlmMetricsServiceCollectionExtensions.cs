using LlmMetrics.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LlmMetrics;

/// <summary>Adds LlmMetrics to a host.</summary>
public static class LlmMetricsServiceCollectionExtensions
{
    /// <summary>
    /// Adds LlmMetrics. Calling it again adds nothing twice; the order of calls does not matter. Without
    /// <see cref="LlmMetricsBuilderExtensions.AddProfile"/> the profile is <see cref="MetricProfile.GenAi"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <returns>A builder for profiles and exporters.</returns>
    public static ILlmMetricsBuilder AddLlmMetrics(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddMetrics();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => RuntimeFactory.Create(provider));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RuntimeHostedService>());
        if (!services.Any(static service => service.ImplementationType == typeof(EnvironmentOptions)))
        {
            // Before everything that was registered already: the environment gives defaults and overrides nothing.
            services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<LlmMetricsOptions>, EnvironmentOptions>());
        }

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<LlmMetricsOptions>, LlmMetricsOptionsValidator>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<LlmMetricsOptions>, ExportScheduleValidator>());
        services.AddOptions<LlmMetricsOptions>().ValidateOnStart();
        return new LlmMetricsBuilder(services);
    }

    /// <summary>Adds LlmMetrics with options set in code, which win over configuration and environment.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>A builder for profiles and exporters.</returns>
    public static ILlmMetricsBuilder AddLlmMetrics(
        this IServiceCollection services, Action<LlmMetricsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = services.AddLlmMetrics();
        services.PostConfigure(configure);
        return builder;
    }

    /// <summary>Adds LlmMetrics with options from a section of the configuration.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The section.</param>
    /// <returns>A builder for profiles and exporters.</returns>
    public static ILlmMetricsBuilder AddLlmMetrics(this IServiceCollection services, IConfiguration section) =>
        services.AddLlmMetrics().BindConfiguration(section);
}
