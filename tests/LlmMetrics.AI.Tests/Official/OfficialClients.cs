using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Microsoft.Extensions.AI;
using OpenAI;

namespace LlmMetrics.AI.Tests.Official;

/// <summary>The official clients, each over an HttpClient with the handler or without.</summary>
internal static class OfficialClients
{
    public static HttpClient Http(Harness harness, bool isMeasured = true) => isMeasured
        ? new HttpClient(new LlmMetricsHandler(harness.Metrics, new SocketsHttpHandler()))
        : new HttpClient();

    public static OpenAIClient OpenAi(Uri address, HttpClient http) =>
        new(new ApiKeyCredential("none"), new OpenAIClientOptions
        {
            Endpoint = address,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new Impatient(),
        });

    public static AnthropicClient Claude(Uri address, HttpClient http) => new()
    {
        ApiKey = "none",
        BaseUrl = address.ToString(),
        HttpClient = http,
    };

    /// <summary>Reads an answer, streamed or not, and gives the usage that the client tells its user.</summary>
    public static async Task<UsageDetails> AskAsync(IChatClient chat, bool isStream, string question = "hi")
    {
        if (!isStream)
        {
            return (await chat.GetResponseAsync(question)).Usage!;
        }

        var usage = new UsageDetails();
        await foreach (var update in chat.GetStreamingResponseAsync(question))
        {
            foreach (var content in update.Contents.OfType<UsageContent>())
            {
                usage.Add(content.Details);
            }
        }

        return usage;
    }

    /// <summary>Tries three times, without the waits between.</summary>
    private sealed class Impatient() : ClientRetryPolicy(maxRetries: 2)
    {
        protected override Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
