namespace LlmMetrics.Configuration;

/// <summary>Several subscriptions that end together.</summary>
internal sealed class Subscriptions(IEnumerable<IDisposable> subscriptions) : IDisposable
{
    private readonly IDisposable[] _subscriptions = [.. subscriptions];

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }
}
