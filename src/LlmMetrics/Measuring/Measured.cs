namespace LlmMetrics.Measuring;

/// <summary>
/// Runs code as a measured run. Results and exceptions pass through as they are. Code that opens no scope and has no
/// span runs without a state machine for as long as it completes synchronously.
/// </summary>
internal static class Measured
{
    public static void Run(LlmMetricsRuntime metrics, FactKind kind, string? name, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var run = MeasuredRun.Start(metrics, kind, name);
        try
        {
            action();
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

    public static T Run<T>(LlmMetricsRuntime metrics, FactKind kind, string? name, Func<T> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var run = MeasuredRun.Start(metrics, kind, name);
        try
        {
            return action();
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

    public static Task RunAsync(
        LlmMetricsRuntime metrics, FactKind kind, string? name, Func<CancellationToken, Task> action,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        var run = MeasuredRun.Start(metrics, kind, name);
        return RunEnd.After(Begin(run, action, cancellationToken), run);
    }

    public static Task<T> RunAsync<T>(
        LlmMetricsRuntime metrics, FactKind kind, string? name, Func<CancellationToken, Task<T>> action,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        var run = MeasuredRun.Start(metrics, kind, name);
        return RunEnd.After(Begin(run, action, cancellationToken), run);
    }

    public static ValueTask RunAsync(
        LlmMetricsRuntime metrics, FactKind kind, string? name, Func<CancellationToken, ValueTask> action,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        var run = MeasuredRun.Start(metrics, kind, name);
        return RunEnd.After(Begin(run, action, cancellationToken), run);
    }

    public static ValueTask<T> RunAsync<T>(
        LlmMetricsRuntime metrics, FactKind kind, string? name, Func<CancellationToken, ValueTask<T>> action,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        var run = MeasuredRun.Start(metrics, kind, name);
        return RunEnd.After(Begin(run, action, cancellationToken), run);
    }

    public static IAsyncEnumerable<T> RunAsync<T>(
        LlmMetricsRuntime metrics,
        FactKind kind,
        string? name,
        Func<CancellationToken, IAsyncEnumerable<T>> action)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(action);
        return new MeasuredSequence<T>(metrics, kind, name, action);
    }

    /// <summary>What code throws before it has given its task ends the run, and goes on to the caller.</summary>
    private static TTask Begin<TTask>(
        MeasuredRun run, Func<CancellationToken, TTask> action, CancellationToken cancellationToken)
    {
        try
        {
            return action(cancellationToken);
        }
        catch (Exception exception)
        {
            RunEnd.Fail(run, exception);
            throw;
        }
    }
}
