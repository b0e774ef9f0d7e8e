using LlmMetrics;
using LlmMetrics.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the measuring of calls on language models to a named or typed HttpClient.</summary>
public static class LlmMetricsHttpClientBuilderExtensions
{
    /// <summary>
    /// Adds a <see cref="LlmMetricsHandler"/> to the client's pipeline. Added before a retry handler it measures
    /// operations and counts their tries, added after it, it measures tries.
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
        builder.Services.AddOptions<LlmMetricsHandlerOptions>(builder.Name).ValidateOnStart();
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<LlmMetricsHandlerOptions>, HandlerOptionsValidator>());
        if (configure is not null)
        {
            builder.Services.Configure(builder.Name, configure);
        }

        // Whatever is added after this, now or later, the tries are counted behind it.
        builder.Services.PostConfigure<HttpClientFactoryOptions>(
            builder.Name, options => options.HttpMessageHandlerBuilderActions.Add(CountTries));
        return builder.AddHttpMessageHandler(services => new LlmMetricsHandler(
            services.GetRequiredService<LlmMetricsRuntime>(),
            services.GetRequiredService<IOptionsMonitor<LlmMetricsHandlerOptions>>().Get(builder.Name)));
    }

    private static void CountTries(HttpMessageHandlerBuilder builder)
    {
        var handlers = builder.AdditionalHandlers;
        if (handlers.Count > 0 && handlers[^1] is not LlmMetricsHandler { CountsOnly: true })
        {
            var runtime = builder.Services.GetRequiredService<LlmMetricsRuntime>();
            handlers.Add(new LlmMetricsHandler(runtime, countsOnly: true));
        }
    }
}
