using System.Collections.Concurrent;

namespace LlmMetrics.Tests;

/// <summary>Keeps every call that was recorded.</summary>
internal sealed class CallLog : ILlmCallObserver
{
    private readonly ConcurrentQueue<LlmCall> _calls = new();

    public IReadOnlyCollection<LlmCall> Calls => _calls;

    /// <summary>The only call; fails the test if there is another number of them.</summary>
    public LlmCall Single => Assert.Single(_calls);

    public void OnCall(in LlmCall llmCall) => _calls.Enqueue(llmCall);
}
