using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using LlmMetrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quickstart.Workload;

namespace Quickstart;

/// <summary>The host with everything measured: what to copy into an app of your own.</summary>
public static class MeasuredHost
{
    private const int UsualPort = 9464;

    /// <summary>Builds the host; it is not started yet.</summary>
    /// <param name="options">What to add.</param>
    /// <param name="provider">Base address of the provider, ending in a slash.</param>
    public static WebApplication Build(QuickstartOptions options, Uri provider)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning)
            .AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        var port = options.Port ?? (IsFree(UsualPort) ? UsualPort : 0);
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

        var metrics = builder.Services.AddLlmMetrics(o => o.ServiceName = "quickstart")
            .AddBudget("monthly", 5)
            .AddPrometheus()
            .AddJsonFile(o => o.Directory = options.Folder)
            .AddDashboard()
            .AddExporter<SummaryExporter>();
        builder.Services.AddHttpClient("llm", client => Configure(client, options, provider))
            .AddLlmMetricsHandler(o => AddProvider(o, options, provider));
        if (options.Otlp is { } endpoint)
        {
            metrics.AddOtlp(o => o.Endpoint = endpoint);
        }

        AddClients(builder.Services, options);
        var app = builder.Build();
        app.MapLlmMetrics("/metrics");
        // snippet:page
        // This host listens on its own machine only. Where others can reach it: RequireAuthorization().
        app.MapLlmDashboard("/llm").AllowAnonymous();
        // end-snippet
        return app;
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The simulator answers as OpenAI does, so its calls are named, and priced, as OpenAI's.</summary>
    private static void AddProvider(LlmMetricsHandlerOptions handler, QuickstartOptions options, Uri provider)
    {
        if (options.Provider is null)
        {
            handler.ProviderHosts[provider.Authority] = "openai";
        }
    }

    private static void Configure(HttpClient client, QuickstartOptions options, Uri provider)
    {
        client.BaseAddress = provider;
        if (options.ApiKey.Length > 0)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        }
    }

    private static void AddClients(IServiceCollection services, QuickstartOptions options)
    {
        // A stream that is left midway is closed at once instead of being read on in the background.
        var client = services.AddHttpClient("llm").ConfigurePrimaryHttpMessageHandler(
            static () => new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero });
        if (options.Provider is null)
        {
            client.AddHttpMessageHandler(static () => new SimulatorDirective());
        }

        services.AddSingleton(provider => new ModelClients(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient("llm"), options.ApiKey));
    }
}
