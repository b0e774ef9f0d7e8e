using System.Net.Http.Json;
using System.Text.Json;
using LlmMetrics.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Simulator;

namespace LlmMetrics.Monitoring.Tests.Dashboards;

/// <summary>An app with the default profile, whose load fills every panel.</summary>
internal sealed class GenAiApp : IAsyncDisposable
{
    private readonly ProviderSimulator _provider;
    private LoopbackServer? _server;

    private GenAiApp(ProviderSimulator provider) => _provider = provider;

    public Uri Metrics => new(_server!.BaseAddress, "/metrics");

    private LlmMetricsRuntime Runtime => _server!.App.Services.GetRequiredService<LlmMetricsRuntime>();

    public static async Task<GenAiApp> StartAsync()
    {
        var app = new GenAiApp(await ProviderSimulator.StartAsync(new SimulatorOptions
        {
            Speed = 50, Faults = new FaultRates { ServerError = 0.1, RateLimited = 0.1 },
        }));
        app._server = await LoopbackServer.StartAsync(
            static server => server.MapLlmMetrics("/metrics"),
            builder =>
            {
                builder.Services.AddLlmMetrics().AddPrometheus().AddBudget("monthly", 10);
                builder.Services.AddHttpClient("llm", http => http.BaseAddress = new Uri(app._provider.Root, "v1/"))
                    .AddLlmMetricsHandler(o => o.ProviderHosts[app._provider.Root.Authority] = "openai");
            });
        return app;
    }

    /// <summary>One round of load.</summary>
    public async Task RunAsync()
    {
        for (var i = 0; i < 10; i++)
        {
            using var scope = Runtime.BeginScope(feature: i % 2 == 0 ? "chat" : "search");
            var stream = i % 3 == 0;
            await Runtime.MeasureAgentAsync("researcher", token => AskAsync(stream, token), CancellationToken.None);
        }

        Runtime.Record(new LlmCall
        {
            Provider = "own", Operation = LlmOperation.Chat, RequestModel = "model-without-a-price",
            InputTokens = 100, OutputTokens = 10, Duration = TimeSpan.FromSeconds(1),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _provider.DisposeAsync();
    }

    private async Task<int> AskAsync(bool stream, CancellationToken cancellationToken)
    {
        using var client = _server!.App.Services.GetRequiredService<IHttpClientFactory>().CreateClient("llm");
        using var answer = await client.PostAsJsonAsync(
            new Uri("chat/completions", UriKind.Relative),
            new
            {
                model = "gpt-4o-mini",
                stream,
                stream_options = stream ? new { include_usage = true } : null,
                messages = new[] { new { role = "user", content = "How do hens keep cool?" } },
            },
            new JsonSerializerOptions
            {
                DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
            },
            cancellationToken);
        return (await answer.Content.ReadAsStringAsync(cancellationToken)).Length;
    }
}
