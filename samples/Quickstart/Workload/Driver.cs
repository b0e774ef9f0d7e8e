using System.ClientModel;
using System.Text.Json;
using LlmMetrics;

namespace Quickstart.Workload;

/// <summary>Sends the workload, several requests at a time.</summary>
public sealed class Driver(LlmMetricsRuntime metrics, ModelClients clients)
{
    private readonly OfficialCalls _official = new(clients.Official);
    private readonly PlainCalls _plain = new(clients.Plain);
    private int _answered;
    private int _left;
    private int _failed;

    /// <summary>Sends all requests, runs all workflows, and returns when the last one has ended.</summary>
    public async Task<WorkResult> RunAsync(QuickstartOptions options, CancellationToken cancellationToken)
    {
        var workflow = new QuestionWorkflow(metrics, clients, options.Model);
        var work = WorkPlan.Create(options)
            .Select(item => (Func<CancellationToken, Task<bool>>)(token => DispatchAsync(item, token)))
            .Concat(Enumerable.Range(0, WorkPlan.Workflows(options.Requests))
                .Select(number => (Func<CancellationToken, Task<bool>>)(async token =>
                {
                    await workflow.RunAsync(WorkPlan.Question(number), token);
                    return false;
                })));
        await Parallel.ForEachAsync(
            work,
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
            async (send, token) => await SendAsync(send, token));
        return new WorkResult(_answered, _left, _failed);
    }

    private async Task SendAsync(Func<CancellationToken, Task<bool>> send, CancellationToken cancellationToken)
    {
        try
        {
            var left = await send(cancellationToken);
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
        SimulatorDirective.Set(item);
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
