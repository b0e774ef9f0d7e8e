using System.Text;

namespace LlmMetrics.Tests.Http;

/// <summary>A client with the handler in front of a scripted answer, and the calls it recorded.</summary>
internal sealed class Scenario : IDisposable
{
    public const string ChatUrl = "https://api.openai.com/v1/chat/completions";

    public Scenario(HttpMessageHandler inner, TimeProvider? time = null)
    {
        Runtime = TestRuntime.Create(Log, time);
        Client = new HttpClient(new LlmMetricsHandler(Runtime, inner));
    }

    public CallLog Log { get; } = new();

    public LlmMetricsRuntime Runtime { get; }

    public HttpClient Client { get; }

    public static HttpRequestMessage Request(string url = ChatUrl, string model = "asked") => new(HttpMethod.Post, url)
    {
        Content = new StringContent(
            $$"""{"messages":[{"content":"x"}],"model":"{{model}}"}""", Encoding.UTF8, "application/json"),
    };

    public static ScriptedHandler Chat(string fixture = "openai-chat-stream-usage", ChunkPlan? plan = null) =>
        new(Fixture.Get(fixture).Bytes, plan ?? ChunkPlan.Of(64), Fixture.Get(fixture).ContentType);

    public Task<HttpResponseMessage> SendAsync(CancellationToken cancellationToken = default) =>
        SendAsync(HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public async Task<HttpResponseMessage> SendAsync(
        HttpCompletionOption completion, CancellationToken cancellationToken = default)
    {
        using var request = Request();
        return await Client.SendAsync(request, completion, cancellationToken);
    }

    public void Dispose()
    {
        Client.Dispose();
        Runtime.Dispose();
    }
}
