using System.Collections.Concurrent;

namespace LlmMetrics.Tests.Budgets;

/// <summary>Keeps every crossing that was told.</summary>
internal sealed class BudgetLog : IBudgetObserver
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<BudgetCrossing> _crossings = new();
    private readonly SemaphoreSlim _told = new(0);
    private int _waitedFor;

    public IReadOnlyList<BudgetCrossing> Crossings => [.. _crossings];

    public void OnCrossed(BudgetCrossing crossing)
    {
        _crossings.Enqueue(crossing);
        _told.Release();
    }

    /// <summary>Waits until so many were told in all.</summary>
    public async Task WaitForAsync(int count)
    {
        for (; _waitedFor < count; _waitedFor++)
        {
            Assert.True(await _told.WaitAsync(s_patience), $"Only {_crossings.Count} of {count} were told.");
        }
    }
}
