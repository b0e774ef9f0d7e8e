using System.Diagnostics.Metrics;
using LlmMetrics.Export;
using LlmMetrics.Pricing;
using LlmMetrics.Profiles;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LlmMetrics.Configuration;

/// <summary>Makes the runtime from what was registered.</summary>
internal static class RuntimeFactory
{
    public static LlmMetricsRuntime Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<LlmMetricsOptions>>().Value;
        var profiles = services.GetServices<ProfileRegistration>().Select(static r => r.Profile).ToArray();
        var exporters = services.GetServices<ExporterRegistration>()
            .Select(exporter => (exporter.Name, exporter.Create(services), exporter.Schedule(services)))
            .ToArray();
        var runtime = new LlmMetricsRuntime(new RuntimeParts(
            options,
            ResourceFactory.Create(options, services.GetService<IHostEnvironment>()),
            services.GetRequiredService<IMeterFactory>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILoggerFactory>().CreateLogger(LlmMetricsNames.Meter))
        {
            Profiles = profiles.Length == 0 ? [MetricProfile.GenAi] : profiles,
            Enrichers = [.. services.GetServices<TagEnricher>()],
            Observers = [.. services.GetServices<ILlmCallObserver>()],
            Exporters = exporters,
            Estimator = services.GetService<ITokenEstimator>(),
            BudgetObservers = [.. services.GetServices<IBudgetObserver>()],
            Prices = PricesOf(services),
        });
        foreach (var listener in services.GetServices<IRuntimeListener>())
        {
            listener.OnCreated(runtime);
        }

        return runtime;
    }

    private static PriceSetup PricesOf(IServiceProvider services) => new(
        services.GetService<PriceCatalogue>() ?? PriceCatalogue.Embedded,
        services.GetService<IHostEnvironment>()?.ContentRootPath ?? Environment.CurrentDirectory)
    {
        OnOptionsChange = services.GetServices<BoundConfiguration>()
            .Select(static bound => bound.Section).OfType<IConfiguration>().ToArray() is { Length: > 0 } sections
            ? changed => new Subscriptions(sections.Select(section => ChangeToken.OnChange(
                section.GetReloadToken,
                () => changed(() => services.GetRequiredService<IOptionsFactory<LlmMetricsOptions>>()
                    .Create(Options.DefaultName).Prices))))
            : null,
    };
}
