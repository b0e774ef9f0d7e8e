using LlmMetrics.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LlmMetrics;

/// <summary>Adds JSON files to LlmMetrics.</summary>
public static class JsonFileExtensions
{
    /// <summary>
    /// Writes all metrics to a JSON file every 60 seconds, when an export is asked for, and at shutdown.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Settings; they win over the section <c>LlmMetrics:JsonFile</c>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <remarks>
    /// A second call adds settings, not a second exporter. Files hold tag values: keep user input out of tags.
    /// </remarks>
    public static ILlmMetricsBuilder AddJsonFile(
        this ILlmMetricsBuilder builder,
        Action<JsonFileOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.All(static service => service.ServiceType != typeof(JsonFileExporter)))
        {
            AddServices(services);
            builder.AddExporter(
                "json_file",
                static provider => provider.GetRequiredService<JsonFileExporter>(),
                static provider => ScheduleOf(provider.GetRequiredService<IOptions<JsonFileOptions>>().Value));
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        return builder;
    }

    private static ExportSchedule ScheduleOf(JsonFileOptions options) =>
        new() { Interval = options.Interval, Timeout = options.Timeout };

    private static void AddServices(IServiceCollection services)
    {
        // First of all, so that what code sets wins wherever it stands.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<JsonFileOptions>>(SectionOf));
        services.AddSingleton<IValidateOptions<JsonFileOptions>>(SectionOf);
        services.AddOptions<JsonFileOptions>().ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<JsonFileOptions>, JsonFileOptionsValidator>());
        services.AddLogging();
        services.AddSingleton(static provider => ActivatorUtilities.CreateInstance<JsonFileExporter>(
            provider,
            provider.GetRequiredService<IOptions<JsonFileOptions>>().Value));
    }

    private static BoundSection<JsonFileOptions> SectionOf(IServiceProvider services) => new(
        services.GetService<IConfiguration>()?.GetSection(JsonFileOptionsValidator.Section),
        static (section, options) => section.Bind(options));
}
