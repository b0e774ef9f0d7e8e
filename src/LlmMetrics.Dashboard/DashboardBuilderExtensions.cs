using LlmMetrics.Calls;
using LlmMetrics.Configuration;
using LlmMetrics.Data;
using LlmMetrics.Page;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LlmMetrics;

/// <summary>Adds the live page to LlmMetrics.</summary>
public static class DashboardBuilderExtensions
{
    /// <summary>
    /// Adds what <see cref="DashboardEndpointExtensions.MapLlmDashboard"/> shows, and begins to count for it.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Settings; they win over the section <c>LlmMetrics:Dashboard</c>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <remarks>A second call adds settings, not a second count. Each call on a model costs one short lock.</remarks>
    public static ILlmMetricsBuilder AddDashboard(
        this ILlmMetricsBuilder builder, Action<DashboardOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.All(static service => service.ServiceType != typeof(CallBook)))
        {
            // First of all, so that what code sets wins wherever it stands.
            services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<DashboardOptions>>(SectionOf));
            services.AddOptions<DashboardOptions>().ValidateOnStart();
            services.AddSingleton<IValidateOptions<DashboardOptions>>(SectionOf);
            services.TryAddEnumerable(
                ServiceDescriptor.Singleton<IValidateOptions<DashboardOptions>, DashboardOptionsValidator>());
            services.AddSingleton(static provider => new CallBook(
                provider.GetRequiredService<IOptions<DashboardOptions>>().Value,
                provider.GetService<TimeProvider>() ?? TimeProvider.System));
            services.AddSingleton<ILlmCallObserver>(static provider => provider.GetRequiredService<CallBook>());
            services.TryAddSingleton<DashboardReader>();
            services.TryAddSingleton<PageHandler>();
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        return builder;
    }

    private static BoundSection<DashboardOptions> SectionOf(IServiceProvider services) => new(
        services.GetService<IConfiguration>()?.GetSection(DashboardOptionsValidator.Section),
        static (section, options) => section.Bind(options));
}
