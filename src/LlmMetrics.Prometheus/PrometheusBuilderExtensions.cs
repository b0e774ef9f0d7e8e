using System.Diagnostics.CodeAnalysis;
using LlmMetrics.Configuration;
using LlmMetrics.Endpoint;
using LlmMetrics.Listener;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LlmMetrics;

/// <summary>Adds Prometheus to LlmMetrics.</summary>
public static class PrometheusBuilderExtensions
{
    /// <summary>
    /// Adds what <see cref="PrometheusEndpointExtensions.MapLlmMetrics"/> serves. Calling it again adds nothing twice.
    /// Options come from the section <c>LlmMetrics:Prometheus</c>, if the host has a configuration, then from code.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options; wins over the configuration.</param>
    /// <returns>The builder.</returns>
    public static ILlmMetricsBuilder AddPrometheus(
        this ILlmMetricsBuilder builder,
        Action<PrometheusOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<ScrapeHandler>();
        return builder.AddSettings<PrometheusOptions, PrometheusConfiguration, PrometheusOptionsValidator>(configure);
    }

    /// <summary>
    /// Serves the metrics on a port of their own, at <c>/</c> and <c>/metrics</c>: for workers and console apps, and
    /// for web apps whose own port is public. Also adds what <see cref="AddPrometheus"/> adds.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options; wins over the configuration.</param>
    /// <returns>The builder.</returns>
    public static ILlmMetricsBuilder AddPrometheusListener(
        this ILlmMetricsBuilder builder,
        Action<PrometheusListenerOptions>? configure = null)
    {
        builder.AddPrometheus();
        builder.Services.TryAddSingleton(static _ => new PrometheusListener());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PrometheusListenerService>());
        return builder.AddSettings<
            PrometheusListenerOptions, PrometheusConfiguration, PrometheusListenerOptionsValidator>(configure);
    }

    private static ILlmMetricsBuilder AddSettings<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TConfiguration,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TValidator>(
        this ILlmMetricsBuilder builder,
        Action<TOptions>? configure)
        where TOptions : class
        where TConfiguration : class, IConfigureOptions<TOptions>, IValidateOptions<TOptions>
        where TValidator : class, IValidateOptions<TOptions>
    {
        var services = builder.Services;
        services.AddOptions<TOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<TOptions>, TConfiguration>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TConfiguration>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
        if (configure is not null)
        {
            services.PostConfigure(configure);
        }

        return builder;
    }
}
