using LlmMetrics.AI.Calls;
using Microsoft.Extensions.AI;

namespace LlmMetrics.AI.Chat;

/// <summary>Measures the calls of a chat client and hands on everything as it is.</summary>
internal sealed class MeasuredChatClient : DelegatingChatClient
{
    private readonly MeasuredClient _client;

    public MeasuredChatClient(IChatClient inner, LlmMetricsRuntime metrics, string? provider)
        : base(inner)
    {
        var who = ClientIdentity.Of(
            metrics,
            provider,
            () => inner.GetService<ChatClientMetadata>(),
            static about => (about.ProviderName, about.ProviderUri, about.DefaultModelId));
        _client = new MeasuredClient(metrics, who, LlmOperation.Chat);
    }

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!_client.IsEnabled)
        {
            return base.GetResponseAsync(messages, options, cancellationToken);
        }

        return _client.AskAsync(
            options?.ModelId, () => base.GetResponseAsync(messages, options, cancellationToken), Read);
    }

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!_client.IsEnabled)
        {
            return base.GetStreamingResponseAsync(messages, options, cancellationToken);
        }

        return _client.Stream(
            options?.ModelId, () => base.GetStreamingResponseAsync(messages, options, cancellationToken), Read);
    }

    private static void Read(AnswerNotes notes, ChatResponse response)
    {
        notes.Tell(response.ModelId, response.ResponseId);
        notes.FinishReason = response.FinishReason?.Value;
        foreach (var message in response.Messages)
        {
            notes.ReadErrors(message.Contents);
        }

        notes.Add(response.Usage);
    }

    private static bool Read(AnswerNotes notes, ChatResponseUpdate update)
    {
        notes.Tell(update.ModelId, update.ResponseId);
        notes.FinishReason = update.FinishReason?.Value ?? notes.FinishReason;
        return notes.Read(update.Contents);
    }
}
