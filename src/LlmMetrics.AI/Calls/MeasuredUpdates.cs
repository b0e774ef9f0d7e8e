namespace LlmMetrics.AI.Calls;

/// <summary>A streamed answer each enumeration of which is a call.</summary>
internal sealed class MeasuredUpdates<T>(
    ClientCall call, IAsyncEnumerable<T> inner, Func<AnswerNotes, T, bool> read) : IAsyncEnumerable<T>
{
    private int _enumerations;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var mine = Interlocked.Increment(ref _enumerations) == 1 ? call : call.Again();
        mine.Start();
        try
        {
            return new MeasuredUpdatesEnumerator<T>(
                mine, mine.Flow.Run(() => inner.GetAsyncEnumerator(cancellationToken)), read);
        }
        catch (Exception exception) when (mine.Sees(exception))
        {
            throw;
        }
    }
}
