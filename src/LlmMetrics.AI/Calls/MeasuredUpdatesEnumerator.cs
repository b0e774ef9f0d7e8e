using System.Diagnostics.CodeAnalysis;

namespace LlmMetrics.AI.Calls;

/// <summary>
/// Looks at each update as it passes and keeps none. The call ends with the stream, an error, or when it is disposed
/// before; if nobody disposes it, the garbage collector does.
/// </summary>
internal sealed class MeasuredUpdatesEnumerator<T>(
    ClientCall call, IAsyncEnumerator<T> inner, Func<AnswerNotes, T, bool> read) : IAsyncEnumerator<T>
{
    private const string OnceOnly = "The field is how it gets out of the context; the caller takes it at once.";

    private ValueTask<bool> _next;
    private ValueTask _disposal;

    [SuppressMessage("Design", "MA0055", Justification = "A stream that is never disposed must still be counted.")]
    ~MeasuredUpdatesEnumerator() => call.Abandon();

    public T Current => inner.Current;

    public ValueTask<bool> MoveNextAsync()
    {
        call.Resume();
        try
        {
            call.Flow.Run(static state => ((MeasuredUpdatesEnumerator<T>)state!).MoveNext(), this);
        }
        catch (Exception exception) when (call.Sees(exception))
        {
            throw;
        }

        var next = _next;
        return next.IsCompletedSuccessfully ? new ValueTask<bool>(Seen(next.Result)) : AwaitAsync(next);
    }

    [SuppressMessage("Usage", "CA1816", Justification = "A call that has ended needs no collector to end it.")]
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            call.Flow.Run(static state => ((MeasuredUpdatesEnumerator<T>)state!).Dispose(), this);
            await _disposal.ConfigureAwait(false);
        }
        catch (Exception exception) when (call.Sees(exception))
        {
            throw;
        }
        finally
        {
            // After the client's own disposal, in which the layers beneath tell how they ended.
            call.Abandon();
        }
    }

    [SuppressMessage("Reliability", "CA2012", Justification = OnceOnly)]
    private void MoveNext() => _next = inner.MoveNextAsync();

    [SuppressMessage("Reliability", "CA2012", Justification = OnceOnly)]
    private void Dispose() => _disposal = inner.DisposeAsync();

    private async ValueTask<bool> AwaitAsync(ValueTask<bool> next)
    {
        try
        {
            return Seen(await next.ConfigureAwait(false));
        }
        catch (Exception exception) when (call.Sees(exception))
        {
            throw;
        }
    }

    private bool Seen(bool hasNext)
    {
        if (hasNext)
        {
            call.Take(inner.Current, read);
        }
        else
        {
            call.Complete();
        }

        return hasNext;
    }
}
