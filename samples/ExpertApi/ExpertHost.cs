using System.Security.Cryptography;
using DemoKit;
using LlmMetrics;
using Simulator;

namespace ExpertApi;

/// <summary>The host: what to copy into an app of your own.</summary>
public static class ExpertHost
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(DemoOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.UseStandardError();
        builder.WebHost.UseUrls(options.Urls);
        await using var providers = await SimulatedProviders.StartAsync(
            options, builder.Configuration, ("openai", SimulatedProvider.OpenAi, "v1/"));

        await using var database = await DemoDatabase.FindAsync(builder.Configuration, "Expert");
        if (database is null)
        {
            return DemoCommand.Misused;
        }

        // Without a token of the operator's there is one for this run: /metrics is never open.
        var configured = builder.Configuration["LlmMetrics:Prometheus:BearerToken"];
        var token = configured ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
        AddServices(builder, database.ConnectionString, token);

        await using var app = builder.Build();
        app.UsePathBase("/api");
        app.UseRouting();
        app.MapLlmMetrics("/metrics");
        app.MapExpert();
        await app.StartAsync();

        var address = app.Urls.First();
        var whose = configured is null ? token : "of LlmMetrics__Prometheus__BearerToken";
        Console.WriteLine($"metrics: {address}/api/metrics and {address}/metrics, bearer token {whose}");
        using var visitors = new DemoVisitors(new Uri(address + "/api/"));
        await DemoLoad.RunAsync(app, options, visitors.RunAsync);
        return 0;
    }

    private static void AddServices(WebApplicationBuilder builder, string connection, string token)
    {
        var services = builder.Services;

        services.AddLlmMetrics(o => o.ServiceName = "expert-api")
            .AddProfile(ExpertProfile.Create())
            .AddPrometheus(o => o.BearerToken = token);

        var provider = ProviderSettings.Read(builder.Configuration, "openai", "https://api.openai.com/v1/");
        services.AddHttpClient("openai")
            .AddLlmMetricsHandler(o => o.ProviderHosts[provider.BaseUrl.Authority] = provider.Name);

        services.AddSingleton(s => new ExpertDatabase(connection, s.GetRequiredService<LlmMetricsRuntime>()));
        services.AddHostedService<ExpertSchema>();
        services.AddSingleton<ExpertMetrics>();
        services.AddSingleton(s => new ExpertModels(
            s.GetRequiredService<IHttpClientFactory>().CreateClient("openai"), provider));
    }
}
