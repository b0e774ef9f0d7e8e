using LlmMetrics.Collection;
using LlmMetrics.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Tests;

/// <summary>A web app with the endpoint, on a free loopback port.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private TestHost(WebApplication app, LogRecorder logs)
    {
        App = app;
        Logs = logs;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public WebApplication App { get; }

    public LogRecorder Logs { get; }

    public HttpClient Client { get; }

    public LlmMetricsRuntime Runtime => App.Services.GetRequiredService<LlmMetricsRuntime>();

    public static async Task<TestHost> StartAsync(
        Action<ILlmMetricsBuilder>? add = null,
        Action<WebApplication>? map = null,
        Action<IServiceCollection>? services = null,
        Dictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var logs = new LogRecorder();
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Information);
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var metrics = builder.Services.AddLlmMetrics(o =>
        {
            o.ServiceName = "test";
            (o.Cardinality.MaxValuesPerField, o.Cardinality.MaxSeriesPerMetric) = (5_000, 5_000);
        });
        (add ?? (static b => b.AddPrometheus())).Invoke(metrics);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        (map ?? (static a => a.MapLlmMetrics())).Invoke(app);
        await app.StartAsync();
        return new TestHost(app, logs);
    }

    public async Task<HttpResponseMessage> SendAsync(
        string path = "/metrics",
        HttpMethod? method = null,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}
