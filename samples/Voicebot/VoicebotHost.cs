using DemoKit;
using LlmMetrics;
using Simulator;

namespace Voicebot;

/// <summary>The host: what to copy into an app of your own.</summary>
public static class VoicebotHost
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
            ("deepgram", SimulatedProvider.Deepgram, string.Empty),
            ("groq", SimulatedProvider.Groq, "openai/v1/"),
            ("elevenlabs", SimulatedProvider.ElevenLabs, string.Empty));
        AddServices(builder, options);

        await using var app = builder.Build();
        app.MapCalls();

        // Metrics exist from the start on, not from the first call.
        app.Services.GetRequiredService<CallMetrics>();
        await app.StartAsync();

        var metrics = app.Services.GetRequiredService<PrometheusListener>().Addresses[0];
        Console.WriteLine($"app: {app.Urls.First()}");
        Console.WriteLine($"metrics: {metrics}/metrics and {metrics}/");
        using var callers = new DemoCallers(new Uri(app.Urls.First()));
        await DemoLoad.RunAsync(app, options, callers.RunAsync);
        return 0;
    }

    private static void AddServices(WebApplicationBuilder builder, DemoOptions options)
    {
        var services = builder.Services;

        services.AddLlmMetrics(o => o.ServiceName = "voicebot")
            .AddProfile(VoicebotProfile.Create())
            .AddPrometheusListener(o => o.Port = options.MetricsPort);
        AddProvider("deepgram", "https://api.deepgram.com/", static key => ("Authorization", $"Token {key}"));
        AddProvider("groq", "https://api.groq.com/openai/v1/", static key => ("Authorization", $"Bearer {key}"));
        AddProvider("elevenlabs", "https://api.elevenlabs.io/", static key => ("xi-api-key", key));

        void AddProvider(string name, string usual, Func<string, (string Name, string Value)> header)
        {
            var provider = ProviderSettings.Read(builder.Configuration, name, usual);
            var (headerName, value) = header(provider.ApiKey);
            services.AddHttpClient(name, client =>
            {
                client.BaseAddress = provider.BaseUrl;
                client.DefaultRequestHeaders.Add(headerName, value);
            }).AddLlmMetricsHandler(o => o.ProviderHosts[provider.BaseUrl.Authority] = name);
        }

        services.AddSingleton<Switchboard>();
        services.AddSingleton<CallMetrics>();
        services.AddSingleton<Conversation>();
        services.AddSingleton(s => new SpeechCache(
            s.GetRequiredService<IHttpClientFactory>().CreateClient("elevenlabs"),
            s.GetRequiredService<LlmMetricsRuntime>()));
    }
}
