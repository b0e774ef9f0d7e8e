using System.ClientModel;
using System.Text.Json;

namespace Quickstart.Workload;

/// <summary>Sends the workload, several requests at a time.</summary>
public sealed class Driver(ModelClients clients)
{
    private readonly OfficialCalls _official = new(clients.Official);
    private readonly PlainCalls _plain = new(clients.Plain);
    private int _answered;
    private int _left;
    private int _failed;

    /// <summary>Sends all items and returns when the last one has ended.</summary>
    public async Task<WorkResult> RunAsync(
        IEnumerable<WorkItem> items, int parallel, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
            async (item, token) => await SendAsync(item, token));
        return new WorkResult(_answered, _left, _failed);
    }

    private async Task SendAsync(WorkItem item, CancellationToken cancellationToken)
    {
        SimulatorDirective.Set(item);
        try
        {
            var left = await DispatchAsync(item, cancellationToken);
            Interlocked.Increment(ref left ? ref _left : ref _answered);
        }
        catch (Exception error) when (IsProvidersFault(error) && !cancellationToken.IsCancellationRequested)
        {
            // Errors, rate limits and broken streams are what this sample is there to measure.
            Interlocked.Increment(ref _failed);
        }
    }

    private static bool IsProvidersFault(Exception error) =>
        error is ClientResultException or HttpRequestException or IOException or JsonException
            or InvalidOperationException or AggregateException;

    private async Task<bool> DispatchAsync(WorkItem item, CancellationToken cancellationToken)
    {
        switch (item.Kind)
        {
            case WorkKind.OfficialChatStream:
                return await _official.ChatStreamAsync(item, cancellationToken);
            case WorkKind.OfficialResponseStream:
                return await _official.RespondStreamAsync(item, cancellationToken);
            case WorkKind.PlainChatStream:
                return await _plain.ChatStreamAsync(item, cancellationToken);
            case WorkKind.OfficialEmbeddings:
                await _official.EmbedAsync(item, cancellationToken);
                return false;
            case WorkKind.OfficialResponse:
                await _official.RespondAsync(item, cancellationToken);
                return false;
            case WorkKind.PlainChat:
                await _plain.ChatAsync(item, cancellationToken);
                return false;
            default:
                await _official.ChatAsync(item, cancellationToken);
                return false;
        }
    }
}
