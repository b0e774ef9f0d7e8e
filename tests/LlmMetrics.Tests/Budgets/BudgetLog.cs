using System.Collections.Concurrent;
using System.Threading.Channels;

namespace LlmMetrics.Tests.Budgets;

/// <summary>Keeps every crossing that was told.</summary>
internal sealed class BudgetLog : IBudgetObserver
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<BudgetCrossing> _crossings = new();
    private readonly Channel<int> _told = Channel.CreateUnbounded<int>();
    private int _waitedFor;

    public IReadOnlyList<BudgetCrossing> Crossings => [.. _crossings];

    public void OnCrossed(BudgetCrossing crossing)
    {
        _crossings.Enqueue(crossing);
        _told.Writer.TryWrite(1);
    }

    /// <summary>Waits until so many were told in all.</summary>
    public async Task WaitForAsync(int count)
    {
        for (; _waitedFor < count; _waitedFor++)
        {
            await _told.Reader.ReadAsync().AsTask().WaitAsync(_patience);
        }
    }
}
