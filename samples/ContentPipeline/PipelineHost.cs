using ContentPipeline.Agents;
using DemoKit;
using LlmMetrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Simulator;

namespace ContentPipeline;

/// <summary>The host, a worker: what to copy into an app of your own.</summary>
public static class PipelineHost
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(DemoOptions options)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.UseStandardError();
        await using var providers = await SimulatedProviders.StartAsync(
            options, builder.Configuration, ("openai", SimulatedProvider.OpenAi, "v1/"));
        AddServices(builder, options);

        using var host = builder.Build();
        await host.StartAsync();
        var metrics = host.Services.GetRequiredService<LlmMetricsRuntime>();
        var address = host.Services.GetRequiredService<PrometheusListener>().Addresses[0];
        Console.WriteLine($"metrics: {address}/metrics and JSON files in {Path.GetFullPath("metrics")}");
        var files = new DemoFiles(host.Services.GetRequiredService<ContentWorkflow>(), metrics);
        await DemoLoad.RunAsync(host, options, files.RunAsync);
        return 0;
    }

    private static void AddServices(HostApplicationBuilder builder, DemoOptions options)
    {
        var services = builder.Services;

        services.AddLlmMetrics(o => o.ServiceName = "content-pipeline")
            .AddProfile(ContentPipelineProfile.Create())
            .AddJsonFile(o => (o.Directory, o.Interval) = ("metrics", TimeSpan.FromSeconds(60)))
            .AddExporter<ReportExporter>()
            .AddPrometheusListener(o => o.Port = options.MetricsPort);
        services.AddMeasured<IArticleWriter, ArticleWriter>();
        services.AddMeasured<IPublisher, Publisher>();

        var provider = ProviderSettings.Read(builder.Configuration, "openai", "https://api.openai.com/v1/");
        var client = services.AddHttpClient<PipelineModel>(http =>
        {
            http.BaseAddress = provider.BaseUrl;
            http.DefaultRequestHeaders.Authorization = new("Bearer", provider.ApiKey);
        });

        // The measuring handler before the retries: one call is an operation, and knows how many tries it took.
        client.AddLlmMetricsHandler(o => o.ProviderHosts[provider.BaseUrl.Authority] = provider.Name);
        client.AddResilienceHandler("retry", static pipeline => pipeline.AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = ContentPipelineProfile.MaxRetries,
            Delay = TimeSpan.FromMilliseconds(100),
            ShouldRetryAfterHeader = false,
        }));

        services.AddSingleton<PdfAnalyzer>();
        services.AddSingleton<SocialMedia>();
        services.AddSingleton<ContentWorkflow>();
    }
}
