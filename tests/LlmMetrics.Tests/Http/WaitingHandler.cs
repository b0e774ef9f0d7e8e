namespace LlmMetrics.Tests.Http;

/// <summary>Gives the given answer or failure at once; without either it waits until it is cancelled.</summary>
internal sealed class WaitingHandler(Exception? failure = null, HttpResponseMessage? response = null)
    : HttpMessageHandler
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a request is here.</summary>
    public Task Entered => _entered.Task;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _entered.TrySetResult();
        if (request.Content is not null)
        {
            await request.Content.CopyToAsync(Stream.Null, cancellationToken);
        }

        if (failure is not null)
        {
            throw failure;
        }

        if (response is null)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return response!;
    }
}
