namespace LlmMetrics.AI.Calls;

/// <summary>What the measured clients share: whom they call, and how a call is measured.</summary>
internal sealed class MeasuredClient(LlmMetricsRuntime metrics, ClientIdentity who, string operation)
{
    /// <summary>Whether anything would come of measuring. To be asked before each call.</summary>
    public bool IsEnabled => metrics.MeasuresCalls;

    /// <summary>Measures a call whose answer comes whole. What the client throws synchronously, this does too.
    /// </summary>
    public Task<TAnswer> AskAsync<TAnswer>(
        string? model, Func<Task<TAnswer>> send, Action<AnswerNotes, TAnswer> read, long? characters = null)
    {
        var call = Begin(model, isStream: false, characters);
        call.Start();
        Task<TAnswer> task;
        try
        {
            task = call.Flow.Run(send);
        }
        catch (Exception exception) when (call.Sees(exception))
        {
            throw;
        }

        return AwaitAsync(task, call, read);
    }

    /// <summary>Measures each enumeration of a streamed answer as a call.</summary>
    public IAsyncEnumerable<TUpdate> Stream<TUpdate>(
        string? model,
        Func<IAsyncEnumerable<TUpdate>> open,
        Func<AnswerNotes, TUpdate, bool> read,
        long? characters = null)
    {
        var call = Begin(model, isStream: true, characters);
        try
        {
            return new MeasuredUpdates<TUpdate>(call, call.Flow.Run(open), read);
        }
        catch (Exception exception)
        {
            // Nothing will be enumerated, so the call begins and ends here.
            call.Start();
            call.Fail(exception);
            throw;
        }
    }

    private static async Task<TAnswer> AwaitAsync<TAnswer>(
        Task<TAnswer> task, ClientCall call, Action<AnswerNotes, TAnswer> read)
    {
        try
        {
            var answer = await task.ConfigureAwait(false);
            call.Complete(answer, read);
            return answer;
        }
        catch (Exception exception) when (call.Sees(exception))
        {
            throw;
        }
    }

    private ClientCall Begin(string? model, bool isStream, long? characters) =>
        new(new ClientPlan(metrics, who, operation)
        {
            Model = string.IsNullOrWhiteSpace(model) ? who.Model : model,
            IsStream = isStream,
            Characters = characters,
        });
}
