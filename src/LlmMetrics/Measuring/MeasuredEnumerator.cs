namespace LlmMetrics.Measuring;

/// <summary>
/// Enumerates within a run: to the end, to an error, or until it is disposed before, which counts as cancelled.
/// </summary>
/// <remarks>
/// Each step of an async iterator runs in the context of who asks for it, so the run's scope and span are made current
/// for each of them, and the caller's own again afterwards.
/// </remarks>
internal sealed class MeasuredEnumerator<T>(IAsyncEnumerator<T> inner, MeasuredRun run) : IAsyncEnumerator<T>
{
    public T Current => inner.Current;

    public ValueTask<bool> MoveNextAsync()
    {
        var ambient = Ambient.Current;
        run.Enter();
        try
        {
            var next = inner.MoveNextAsync();
            return next.IsCompletedSuccessfully ? new ValueTask<bool>(Seen(next.Result)) : AwaitAsync(next);
        }
        catch (Exception exception)
        {
            RunEnd.Fail(run, exception);
            throw;
        }
        finally
        {
            ambient.Restore();
        }
    }

    public async ValueTask DisposeAsync()
    {
        run.Enter();
        run.Cancel();
        try
        {
            await inner.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (run.Sees(exception))
        {
            throw;
        }
        finally
        {
            run.Dispose();
        }
    }

    private async ValueTask<bool> AwaitAsync(ValueTask<bool> next)
    {
        try
        {
            return Seen(await next.ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            RunEnd.Fail(run, exception);
            throw;
        }
    }

    private bool Seen(bool hasNext)
    {
        if (!hasNext)
        {
            run.Dispose();
        }

        return hasNext;
    }
}
