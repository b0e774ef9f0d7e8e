namespace LlmMetrics.Measuring;

/// <summary>A sequence each enumeration of which is a run.</summary>
internal sealed class MeasuredSequence<T>(
    LlmMetricsRuntime metrics, FactKind kind, string? name, Func<CancellationToken, IAsyncEnumerable<T>> action)
    : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var run = MeasuredRun.Start(metrics, kind, name);
        try
        {
            var inner = action(cancellationToken).GetAsyncEnumerator(cancellationToken);
            return run == default ? inner : new MeasuredEnumerator<T>(inner, run);
        }
        catch (Exception exception)
        {
            RunEnd.Fail(run, exception);
            throw;
        }
        finally
        {
            run.Leave();
        }
    }
}
