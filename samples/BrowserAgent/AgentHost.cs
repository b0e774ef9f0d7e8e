using DemoKit;
using LlmMetrics;
using Simulator;

namespace BrowserAgent;

/// <summary>The host: what to copy into an app of your own.</summary>
public static class AgentHost
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(DemoOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.UseStandardError();
        builder.WebHost.UseUrls(options.Urls);
        await using var providers = await SimulatedProviders.StartAsync(
            options, builder.Configuration, ("gaianet", SimulatedProvider.Gaianet, "v1/"));
        var address = builder.Configuration["GAIANET_NODE_URL"];
        if (address is null && !options.Demo)
        {
            await Console.Error.WriteLineAsync("Set GAIANET_NODE_URL to your node, or use --demo.");
            return DemoCommand.Misused;
        }

        AddServices(builder, ProviderSettings.Read(builder.Configuration, "gaianet", $"{address?.TrimEnd('/')}/v1/"));
        await using var app = builder.Build();
        app.MapAgent();
        await app.StartAsync();

        var receiver = builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] ?? "http://localhost:4318";
        Console.WriteLine($"app: {app.Urls.First()}");
        Console.WriteLine($"metrics: OTLP to {receiver}; there is no /metrics");
        var browsers = new DemoBrowsers(new Uri(app.Urls.First()));
        await DemoLoad.RunAsync(app, options, browsers.RunAsync);
        return 0;
    }

    /// <summary>The interval of OTLP, so that what is written down is what is sent.</summary>
    private static TimeSpan IntervalOf(IConfiguration settings) =>
        TimeSpan.FromMilliseconds(settings.GetValue("OTEL_METRIC_EXPORT_INTERVAL", 60_000));

    private static void AddServices(WebApplicationBuilder builder, ProviderSettings node)
    {
        var (services, settings) = (builder.Services, builder.Configuration);

        var metrics = services.AddLlmMetrics(o =>
            {
                o.ServiceName = settings["OTEL_SERVICE_NAME"] ?? "sofia-agent";
                o.ServiceVersion = settings["OTEL_SERVICE_VERSION"] ?? "0.1.0";
            })
            .AddProfile(BrowserAgentProfile.Create())
            .AddOtlp(o => o.BearerToken = settings["DASH0_AUTH_TOKEN"]);
        if (settings["DASH0_DEBUG"] == "true")
        {
            metrics.AddExporter<DebugExporter>(schedule: new ExportSchedule { Interval = IntervalOf(settings) });
        }

        services.AddHttpClient<GaianetNode>(http =>
        {
            http.BaseAddress = node.BaseUrl;
            http.DefaultRequestHeaders.Authorization = new("Bearer", settings["GAIANET_API_KEY"] ?? node.ApiKey);
        }).AddLlmMetricsHandler(o => o.ProviderHosts[node.BaseUrl.Authority] = node.Name);

        services.AddSingleton<SofiaAgent>();
    }
}
