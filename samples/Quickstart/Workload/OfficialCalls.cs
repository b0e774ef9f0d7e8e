using OpenAI;
using OpenAI.Chat;
using OpenAI.Responses;

namespace Quickstart.Workload;

/// <summary>Calls through the official client, written as an app would write them.</summary>
public sealed class OfficialCalls(OpenAIClient client)
{
    /// <summary>A chat whose answer comes at once.</summary>
    public async Task<string> ChatAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var answer = await client.GetChatClient(item.Model)
            .CompleteChatAsync(Messages(item), options: null, cancellationToken);
        return answer.Value.Content.Count > 0 ? answer.Value.Content[0].Text : string.Empty;
    }

    /// <summary>A streamed chat.</summary>
    /// <returns>Whether it was left before its end.</returns>
    public async Task<bool> ChatStreamAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var chunks = 0;
        await foreach (var update in client.GetChatClient(item.Model)
            .CompleteChatStreamingAsync(Messages(item), options: null, cancellationToken))
        {
            chunks += update.ContentUpdate.Any(static part => part.Text?.Length > 0) ? 1 : 0;
            if (chunks == item.LeaveAfter)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Embeddings of one text.</summary>
    public async Task EmbedAsync(WorkItem item, CancellationToken cancellationToken) =>
        await client.GetEmbeddingClient(item.Model)
            .GenerateEmbeddingAsync(item.Question, options: null, cancellationToken);

    /// <summary>A response that comes at once.</summary>
    public async Task RespondAsync(WorkItem item, CancellationToken cancellationToken) =>
        await client.GetResponsesClient().CreateResponseAsync(Options(item, stream: false), cancellationToken);

    /// <summary>A streamed response.</summary>
    /// <returns>Whether it was left before its end.</returns>
    public async Task<bool> RespondStreamAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var chunks = 0;
        await foreach (var update in await client.GetResponsesClient()
            .CreateResponseStreamingAsync(Options(item, stream: true), cancellationToken))
        {
            chunks += update is StreamingResponseOutputTextDeltaUpdate ? 1 : 0;
            if (chunks == item.LeaveAfter)
            {
                return true;
            }
        }

        return false;
    }

    private static ChatMessage[] Messages(WorkItem item) =>
        [new SystemChatMessage(item.System), new UserChatMessage(item.Question)];

    private static CreateResponseOptions Options(WorkItem item, bool stream) =>
        new(item.Model, [ResponseItem.CreateUserMessageItem(item.Question)])
        {
            Instructions = item.System,
            StreamingEnabled = stream,
            StoredOutputEnabled = false,
        };
}
