using DemoKit;
using LlmMetrics;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Simulator;

namespace MigrationApi;

/// <summary>The host: what to copy into an app of your own.</summary>
public static class MigrationHost
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(DemoOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.UseStandardError();
        builder.WebHost.UseUrls(options.Urls);
        await using var providers = await SimulatedProviders.StartAsync(
            options, builder.Configuration,
            ("openai", SimulatedProvider.OpenAi, "v1/"),
            ("groq", SimulatedProvider.Groq, "openai/v1/"),
            ("deepseek", SimulatedProvider.OpenAi, "v1/"));

        await using var database = await DemoDatabase.FindAsync(builder.Configuration, "Migration");
        if (database is null)
        {
            return DemoCommand.Misused;
        }

        AddServices(builder, database.ConnectionString);
        await using var app = builder.Build();
        app.MapLlmMetrics("/metrics");
        app.MapMigration();
        await app.StartAsync();

        Console.WriteLine($"metrics: {app.Urls.First()}/metrics");
        using var developers = new DemoDevelopers(new Uri(app.Urls.First()));
        await DemoLoad.RunAsync(app, options, developers.RunAsync);
        return 0;
    }

    private static void AddServices(WebApplicationBuilder builder, string connection)
    {
        var services = builder.Services;

        services.AddLlmMetrics(o => o.ServiceName = "testboost-api")
            .AddProfile(MigrationProfile.Create())
            .AddPrometheus();
        foreach (var (name, usual, _) in MigrationModels.All)
        {
            var provider = ProviderSettings.Read(builder.Configuration, name, usual);
            var client = services.AddHttpClient(name, http =>
            {
                http.BaseAddress = provider.BaseUrl;
                http.DefaultRequestHeaders.Authorization = new("Bearer", provider.ApiKey);
            });

            // The measuring handler after the retries: every try counts as a call, as providers count them.
            client.AddResilienceHandler("retry", static pipeline => pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(200),
                ShouldRetryAfterHeader = false,
            }));
            client.AddLlmMetricsHandler(o => o.ProviderHosts[provider.BaseUrl.Authority] = name);
        }

        services.AddHostedService<MigrationSchema>();
        services.AddSingleton(s => new MigrationStore(connection, s.GetRequiredService<LlmMetricsRuntime>()));
        services.AddSingleton<MigrationModels>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<Workflows>();
    }
}
