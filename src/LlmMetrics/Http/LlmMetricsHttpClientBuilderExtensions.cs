using LlmMetrics;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the measuring of calls on language models to a named or typed HttpClient.</summary>
public static class LlmMetricsHttpClientBuilderExtensions
{
    /// <summary>
    /// Adds a <see cref="LlmMetricsHandler"/> to the client's pipeline. Added before a retry handler it measures
    /// operations, added after it, tries.
    /// </summary>
    /// <param name="builder">Builder of the client.</param>
    /// <param name="configure">Options of this client's handler; none are needed for known providers.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">
    /// Thrown when the client is created and <c>AddLlmMetrics</c> was not called.
    /// </exception>
    public static IHttpClientBuilder AddLlmMetricsHandler(
        this IHttpClientBuilder builder, Action<LlmMetricsHandlerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions();
        if (configure is not null)
        {
            builder.Services.Configure(builder.Name, configure);
        }

        return builder.AddHttpMessageHandler(services => new LlmMetricsHandler(
            services.GetRequiredService<LlmMetricsRuntime>(),
            services.GetRequiredService<IOptionsMonitor<LlmMetricsHandlerOptions>>().Get(builder.Name)));
    }
}
