using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Text;
using Anthropic;
using LlmMetrics.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAI;

namespace LlmMetrics.AI.Tests.Docs;

/// <summary>The code that docs/extensions-ai.md and docs/http-capture.md show of clients, run.</summary>
public sealed class ClientSnippetsTests
{
    private const string Chat = """
        {"id":"c","object":"chat.completion","created":1,"model":"gpt-4o-2024-08-06",
        "choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],
        "usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}
        """;

    private const string Message = """
        {"id":"m","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929",
        "content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn","stop_sequence":null,
        "usage":{"input_tokens":7,"output_tokens":3}}
        """;

    [Theory]
    [InlineData("docs/extensions-ai.md", "clients")]
    [InlineData("docs/http-capture.md", "official")]
    public void Code_OfThePage_IsARegionThatRuns(string page, string region) => DocSnippets.Verify(
        page, "tests/LlmMetrics.AI.Tests/Docs/ClientSnippetsTests.cs", region);

    [Fact]
    public async Task Clients_OfThePage_AreMeasured()
    {
        using var inner = new FakeChatClient();
        using var fast = new FakeChatClient();
        using var harness = new Harness();
        var runtime = harness.Metrics;
        var builder = Host.CreateApplicationBuilder();

        // snippet:clients
        builder.Services.AddLlmMetrics();
        builder.Services.AddSingleton<IChatClient>(services => inner.WithLlmMetrics(services));
        builder.Services.AddKeyedSingleton<IChatClient>("fast", (services, _) => fast.WithLlmMetrics(services));

        // Without a host:
        IChatClient alone = inner.WithLlmMetrics(runtime, provider: "acme");
        // end-snippet

        using var host = builder.Build();
        await host.Services.GetRequiredService<IChatClient>().GetResponseAsync("hi");
        await host.Services.GetRequiredKeyedService<IChatClient>("fast").GetResponseAsync("hi");
        await alone.GetResponseAsync("hi");
        var metrics = host.Services.GetRequiredService<LlmMetricsRuntime>();
        Assert.True(metrics.GetSnapshot().TryGetFamily("llm.calls", out var family));
        Assert.Equal(2, family.Sum(static series => series.Value));
        Assert.Equal("acme", harness.Single.Provider);
        alone.Dispose();
    }

    [Fact]
    public async Task OfficialClients_OfThePage_AreMeasured()
    {
        const string key = "none";
        using var server = new Answering();
        using var harness = new Harness();
        var services = new ServiceCollection();
        services.AddSingleton(harness.Metrics);
        services.AddHttpClient("llm").ConfigurePrimaryHttpMessageHandler(() => server)
            .AddHttpMessageHandler(() => new LlmMetricsHandler(harness.Metrics));
        using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IHttpClientFactory>();

        // snippet:official
        var http = factory.CreateClient("llm");
        var openAi = new OpenAIClient(new ApiKeyCredential(key), new OpenAIClientOptions
        {
            Transport = new HttpClientPipelineTransport(http),
        });
        var claude = new AnthropicClient { ApiKey = key, HttpClient = http };
        // end-snippet

        await openAi.GetChatClient("gpt-4o").CompleteChatAsync("hi");
        await claude.AsIChatClient("claude-sonnet-4-5").GetResponseAsync("hi");
        Assert.Equal(
            [("openai", 9L, 2L), ("anthropic", 7L, 3L)],
            harness.Calls.Select(static call => (call.Provider!, call.InputTokens!.Value, call.OutputTokens!.Value)));
    }

    /// <summary>The two providers, as far as their addresses go.</summary>
    private sealed class Answering : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            new HttpResponseMessage(HttpStatusCode.OK)
            {
                RequestMessage = request,
                Content = new StringContent(
                    request.RequestUri!.Host == "api.anthropic.com" ? Message : Chat,
                    Encoding.UTF8,
                    "application/json"),
            });
    }
}
