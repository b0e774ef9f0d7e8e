using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LlmMetrics.AI.Tests;

/// <summary>A client that answers as the test says.</summary>
internal sealed class FakeChatClient : IChatClient
{
    public ChatClientMetadata? Metadata { get; init; } =
        new("openai", new Uri("https://api.openai.com/v1"), "gpt-5-mini");

    public Func<Task<ChatResponse>> Answer { get; init; } =
        static () => Task.FromResult(new ChatResponse());

    public Func<IAsyncEnumerable<ChatResponseUpdate>> Updates { get; init; } =
        static () => Stream();

    public bool IsDisposed { get; private set; }

    public static ChatResponseUpdate Text(string text = "word") => new(ChatRole.Assistant, text);

    public static ChatResponseUpdate Finish() => new(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.Stop };

    public static ChatResponseUpdate Usage(long? input, long? output, string? responseId = null) =>
        new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = input, OutputTokenCount = output })])
        {
            ResponseId = responseId,
        };

    public static async IAsyncEnumerable<ChatResponseUpdate> Stream(
        IEnumerable<ChatResponseUpdate>? updates = null,
        Action? onLeft = null,
        Exception? failure = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            foreach (var update in updates ?? [])
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                yield return update;
            }

            if (failure is not null)
            {
                throw failure;
            }
        }
        finally
        {
            onLeft?.Invoke();
        }
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => Answer();

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => Updates();

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? $"{serviceType.Name}/{serviceKey}"
        : serviceType == typeof(ChatClientMetadata) ? Metadata
        : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() => IsDisposed = true;
}
