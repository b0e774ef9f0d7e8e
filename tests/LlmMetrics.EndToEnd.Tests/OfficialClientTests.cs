using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;
using Quickstart.Report;
using Simulator;

namespace LlmMetrics.EndToEnd.Tests;

/// <summary>What the official client tells its user of the usage is what the metrics say.</summary>
public sealed class OfficialClientTests
{
    private const int Requests = 20;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Chat_Usage_EqualsTheMetrics(bool streamed)
    {
        await using var simulator = await ProviderSimulator.StartAsync(new SimulatorOptions { Speed = 1000 });
        await using var metrics = LlmMetricsRuntime.Create();
        using var http = new HttpClient(new LlmMetricsHandler(metrics) { InnerHandler = new SocketsHttpHandler() });
        var chat = new OpenAIClient(new ApiKeyCredential("none"), new OpenAIClientOptions
        {
            Endpoint = simulator.BaseAddress,
            Transport = new HttpClientPipelineTransport(http),
        }).GetChatClient("gpt-5-mini");

        var usages = new List<ChatTokenUsage>();
        for (var number = 0; number < Requests; number++)
        {
            ChatMessage[] messages = [new UserChatMessage($"Question {number}")];
            usages.Add(streamed
                ? await StreamAsync(chat, messages)
                : (await chat.CompleteChatAsync(messages)).Value.Usage);
        }

        var row = Assert.Single(MeasuredRows.From(metrics.GetSnapshot()).Calls);
        Assert.Equal(Requests, row.Ok);
        Assert.Equal(usages.Sum(static usage => usage.InputTokenCount), row.InputTokens);
        Assert.Equal(usages.Sum(static usage => usage.OutputTokenCount), row.OutputTokens);
        Assert.Equal(
            usages.Sum(static usage => usage.OutputTokenDetails.ReasoningTokenCount), row.ReasoningTokens);
        Assert.True(row.ReasoningTokens > 0);
    }

    private static async Task<ChatTokenUsage> StreamAsync(ChatClient chat, ChatMessage[] messages)
    {
        ChatTokenUsage? usage = null;
        await foreach (var update in chat.CompleteChatStreamingAsync(messages))
        {
            usage = update.Usage ?? usage;
        }

        return usage!;
    }
}
