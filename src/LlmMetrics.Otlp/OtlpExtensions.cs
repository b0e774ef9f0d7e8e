using LlmMetrics.Configuration;
using LlmMetrics.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LlmMetrics;

/// <summary>Adds OTLP to LlmMetrics.</summary>
public static class OtlpExtensions
{
    // Exports at intervals are the SDK's business: this is for exports on demand, and the longest that is allowed.
    private static readonly TimeSpan _seldom = TimeSpan.FromDays(1);

    /// <summary>
    /// Sends metrics and traces over OTLP, through an OpenTelemetry SDK of its own. The <c>OTEL_*</c> variables apply.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Settings; they win over the section <c>LlmMetrics:Otlp</c> and the variables.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <remarks>
    /// A second call adds settings, not a second pipeline. A host that runs an OpenTelemetry pipeline itself calls
    /// <c>AddLlmMetricsInstrumentation()</c> on it instead.
    /// </remarks>
    public static ILlmMetricsBuilder AddOtlp(this ILlmMetricsBuilder builder, Action<LlmOtlpOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.All(static service => service.ServiceType != typeof(OtlpPipeline)))
        {
            AddServices(builder.Services);
            builder.AddExporter(
                "otlp",
                static services => new FlushExporter(services.GetRequiredService<OtlpPipeline>()),
                static _ => new ExportSchedule { Interval = _seldom });
        }

        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        return builder;
    }

    private static void AddServices(IServiceCollection services)
    {
        // First of all, so that what code sets wins wherever it stands.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<LlmOtlpOptions>>(SectionOf));
        services.AddSingleton<IValidateOptions<LlmOtlpOptions>>(SectionOf);
        services.AddOptions<LlmOtlpOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<LlmOtlpOptions>, OtlpOptionsValidator>();
        services.AddSingleton<OtlpPipeline>();

        // The first to start and the last to stop, so that the SDK sees all that the others record.
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, OtlpHostedService>());
    }

    private static BoundSection<LlmOtlpOptions> SectionOf(IServiceProvider services) => new(
        services.GetService<IConfiguration>()?.GetSection(OtlpOptionsValidator.Section),
        static (section, options) => section.Bind(options),
        typeof(LlmOtlpProtocol),
        typeof(LlmOtlpSignals));
}
