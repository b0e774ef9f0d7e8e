using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace LlmMetrics.Tests.Http;

/// <summary>A client of the factory with the retry handler of Microsoft.Extensions.Http.Resilience.</summary>
internal static class ResilientClient
{
    private const string Name = "llm";

    public static ServiceProvider Create(
        HttpMessageHandler server, bool handlerFirst, CallLog log, LlmMetricsHandlerOptions? options = null)
    {
        var services = new ServiceCollection();
        services.AddLlmMetrics(metrics => metrics.Meters.Clear());
        services.AddSingleton<ILlmCallObserver>(log);
        var builder = services.AddHttpClient(Name).ConfigurePrimaryHttpMessageHandler(() => server);
        if (handlerFirst)
        {
            AddHandler(builder, options);
        }

        builder.AddResilienceHandler("retry", static pipeline => pipeline.AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = 4,
            Delay = TimeSpan.FromMilliseconds(1),
            BackoffType = DelayBackoffType.Constant,
            ShouldRetryAfterHeader = false,
        }));
        if (!handlerFirst)
        {
            AddHandler(builder, options);
        }

        return services.BuildServiceProvider();
    }

    public static HttpClient Of(IServiceProvider provider) =>
        provider.GetRequiredService<IHttpClientFactory>().CreateClient(Name);

    private static void AddHandler(IHttpClientBuilder builder, LlmMetricsHandlerOptions? options) =>
        builder.AddLlmMetricsHandler(target =>
        {
            target.IncludeUsage = options?.IncludeUsage ?? false;
        });
}
