using System.Text;
using LlmMetrics.Receiver;
using LlmMetrics.Testing;
using LlmMetrics.Tests.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.EndToEnd.Tests.Secrets;

/// <summary>An app with every adapter, that meets secrets wherever an app can meet them.</summary>
internal sealed class PlantedApp : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("planted");
    private readonly LogText _log = new();
    private OtlpReceiver? _receiver;
    private LoopbackServer? _provider;
    private WebApplication? _app;

    public List<string> Planted { get; } = [];

    private LlmMetricsRuntime Metrics => _app!.Services.GetRequiredService<LlmMetricsRuntime>();

    /// <summary>A new secret, told to be one.</summary>
    public string Plant(string where)
    {
        var secret = $"planted{Planted.Count + 1:00}xyz{where}";
        Planted.Add(secret);
        return secret;
    }

    public static async Task<PlantedApp> StartAsync()
    {
        var planted = new PlantedApp();
        planted._receiver = await OtlpReceiver.StartAsync();
        planted._provider = await LoopbackServer.StartAsync(app =>
            app.MapPost("/v1/chat/completions", planted.AnswerAsync));
        planted._app = planted.Build();
        await planted._app.StartAsync();
        return planted;
    }

    /// <summary>All that leaves the library, by where it comes out.</summary>
    public async Task<Dictionary<string, string>> OutputsAsync()
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        using var client = new HttpClient { BaseAddress = new Uri(_app!.Urls.Single()) };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {Token}");
        outputs["text page"] = await client.GetStringAsync("/metrics");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/openmetrics-text");
        outputs["OpenMetrics page"] = await client.GetStringAsync("/metrics");
        await Metrics.ExportAsync();
        await _app.StopAsync();
        outputs["JSON"] = string.Concat(_folder.GetFiles().Select(static file => File.ReadAllText(file.FullName)));
        outputs["OTLP metrics"] = Bodies("metrics");
        outputs["OTLP traces"] = Bodies("traces");
        outputs["log"] = _log.ToString();
        return outputs;
    }

    public async Task RunAsync()
    {
        await CallProviderAsync();
        await RunAgentAsync();
        await AskDatabaseAsync();
        await VisitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _provider!.DisposeAsync();
        await _receiver!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string Token { get; set; } = string.Empty;

    private string Bodies(string signal) => string.Concat(_receiver!.Requests
        .Where(request => request.Path.EndsWith(signal, StringComparison.Ordinal))
        .Select(static request => Encoding.UTF8.GetString(request.Body)));

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(_log).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Token = Plant("prometheus_token_is_long_enough");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LlmMetrics:Prometheus:BearerToken"] = Token,
            ["OTEL_EXPORTER_OTLP_METRICS_HEADERS"] = $"x-variable={Plant("variable")}",
            ["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] = Plant("protocol"),
            ["OTEL_LOG_LEVEL"] = "debug",
        });
        builder.Services.AddLlmMetrics().AddPrometheus()
            .AddJsonFile(o => o.Directory = _folder.FullName)
            .AddOtlp(o =>
            {
                o.Endpoint = new UriBuilder(_receiver!.Endpoint)
                {
                    UserName = "user", Password = Plant("userinfo"), Query = "key=" + Plant("otlpquery"),
                }.Uri;
                o.BearerToken = Plant("bearer");
                o.Headers["X-Key"] = Plant("header");
            });
        builder.Services.AddHttpClient("llm").AddLlmMetricsHandler(
            o => o.ProviderHosts[_provider!.BaseAddress.Authority] = "openai");
        var app = builder.Build();
        app.MapLlmMetrics();
        app.MapGet("/visible", static () => "fine");
        return app;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Response.ContentType = "application/json";
        context.Response.Headers["openai-organization"] = Plant("organization");
        if (context.Request.Headers.ContainsKey("X-Fail"))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync($$$"""{"error":{"message":"{{{Plant("error")}}}","type":"bad"}}""");
            return;
        }

        await context.Response.WriteAsync($$$"""
            {"model":"visible-model","choices":[{"message":{"content":"{{{Plant("answer")}}}",
            "tool_calls":[{"function":{"arguments":"{{{Plant("arguments")}}}"}}]}}],
            "usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}
            """);
    }

    private async Task CallProviderAsync()
    {
        var client = _app!.Services.GetRequiredService<IHttpClientFactory>().CreateClient("llm");
        for (var i = 0; i < 2; i++)
        {
            var address = new UriBuilder(new Uri(_provider!.BaseAddress, "/v1/chat/completions"))
            {
                UserName = "app", Password = Plant("password"), Query = "api-key=" + Plant("query"),
            };
            using var request = new HttpRequestMessage(HttpMethod.Post, address.Uri);
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Plant("key"));
            request.Headers.TryAddWithoutValidation("x-api-key", Plant("xapikey"));
            request.Content = new StringContent($$"""
                {"model":"visible-model","messages":[{"role":"system","content":"{{Plant("system")}}"},
                {"role":"user","content":"{{Plant("prompt")}}"}],"user":"{{Plant("user")}}"}
                """);
            if (i == 1)
            {
                request.Headers.Add("X-Fail", "yes");
            }

            using var response = await client.SendAsync(request);
        }

        using var failing = new HttpClient(new LlmMetricsHandler(Metrics, new Failing(Plant("transport"))));
        await Assert.ThrowsAsync<HttpRequestException>(() => failing.PostAsync(
            new Uri("https://api.openai.com/v1/chat/completions"), new StringContent("{}")));
    }

    private async Task RunAgentAsync()
    {
        var message = Plant("exception");
        await Assert.ThrowsAsync<InvalidOperationException>(() => Metrics.MeasureAgentAsync(
            "visible-agent", Task (_) => throw new InvalidOperationException(message)));
        Metrics.MeasureTool("visible-tool", () => Plant("result"));
    }

    private async Task AskDatabaseAsync()
    {
        foreach (var failure in new[] { null, new InvalidOperationException(Plant("dberror")) })
        {
            await using var inner = new FakeConnection
            {
                ConnectionString = $"Server=x;User=u;Password={Plant("connection")}",
            };
            await using var connection = inner.WithLlmMetrics(Metrics, pool: "visible-pool");
            await connection.OpenAsync();
            inner.Failure = failure;
            await using var command = connection.CreateCommand();
            command.CommandText =
                $"SELECT id FROM visible_table WHERE name = '{Plant("literal")}' -- {Plant("comment")}";
            var thrown = await Record.ExceptionAsync(() => command.ExecuteNonQueryAsync());
            Assert.Same(failure, thrown);
        }
    }

    private async Task VisitAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri(_app!.Urls.Single()) };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Cookie", Plant("cookie"));
        await client.GetStringAsync("/visible?session=" + Plant("session"));
        using var missing = await client.GetAsync("/nowhere?token=" + Plant("token"));
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + Plant("guess"));
        using var refused = await client.GetAsync("/metrics?key=" + Plant("scrape"));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private sealed class Failing(string secret) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException(secret);
    }
}
