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
        await Parallel.ForEachAsync(
            Work(options),
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
            async (send, token) => await SendAsync(send, token));
        return new WorkResult(_answered, _left, _failed);
    }

    /// <summary>The requests, and after every so many of them a workflow.</summary>
    private IEnumerable<Func<CancellationToken, Task<bool>>> Work(QuickstartOptions options)
    {
        var workflow = new QuestionWorkflow(metrics, clients, options.Model);
        var (sent, begun) = (0, 0);
        foreach (var item in WorkPlan.Create(options))
        {
            yield return token => DispatchAsync(item, token);
            sent++;
            while (begun < WorkPlan.WorkflowsBegun(sent, options.Requests))
            {
                var question = WorkPlan.Question(begun++);
                yield return async token =>
                {
                    using var scope = metrics.BeginScope(feature: "questions");
                    await workflow.RunAsync(question, token);
                    return false;
                };
            }
        }
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
