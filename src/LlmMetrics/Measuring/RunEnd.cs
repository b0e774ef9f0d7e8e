namespace LlmMetrics.Measuring;

/// <summary>Ends a run when its code ends, at once or later.</summary>
internal static class RunEnd
{
    public static Task After(Task task, MeasuredRun run)
    {
        if (run == default || task is not { IsCompletedSuccessfully: false })
        {
            run.Dispose();
            return task;
        }

        run.Leave();
        return AwaitAsync(task, run);
    }

    public static Task<T> After<T>(Task<T> task, MeasuredRun run)
    {
        if (run == default || task is not { IsCompletedSuccessfully: false })
        {
            run.Dispose();
            return task;
        }

        run.Leave();
        return AwaitAsync(task, run);
    }

    public static ValueTask After(ValueTask task, MeasuredRun run)
    {
        if (run == default || task.IsCompletedSuccessfully)
        {
            run.Dispose();
            return task;
        }

        run.Leave();
        return AwaitAsync(task, run);
    }

    public static ValueTask<T> After<T>(ValueTask<T> task, MeasuredRun run)
    {
        if (run == default || task.IsCompletedSuccessfully)
        {
            run.Dispose();
            return task;
        }

        run.Leave();
        return AwaitAsync(task, run);
    }

    public static void Fail(MeasuredRun run, Exception exception)
    {
        run.Fail(exception);
        run.Dispose();
    }

    private static async Task AwaitAsync(Task task, MeasuredRun run)
    {
        try
        {
            await task.ConfigureAwait(false);
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

    private static async Task<T> AwaitAsync<T>(Task<T> task, MeasuredRun run)
    {
        try
        {
            return await task.ConfigureAwait(false);
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

    private static async ValueTask AwaitAsync(ValueTask task, MeasuredRun run)
    {
        try
        {
            await task.ConfigureAwait(false);
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

    private static async ValueTask<T> AwaitAsync<T>(ValueTask<T> task, MeasuredRun run)
    {
        try
        {
            return await task.ConfigureAwait(false);
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
}
