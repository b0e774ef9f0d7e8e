using System.Collections.Concurrent;
using LlmMetrics;

namespace Voicebot;

/// <summary>The calls that are going on. Each counts as active from its first ring to its end.</summary>
public sealed class Switchboard(LlmMetricsRuntime metrics)
{
    private readonly ConcurrentDictionary<Guid, (PhoneCall Call, BusinessSession Measured)> _calls = new();

    /// <summary>Takes a call.</summary>
    public Guid Take(PhoneCall call)
    {
        var id = Guid.NewGuid();
        _calls[id] = (call, metrics.Business.StartSession("call"));
        return id;
    }

    /// <summary>A call; null if it has ended.</summary>
    public PhoneCall? Find(Guid id) => _calls.TryGetValue(id, out var found) ? found.Call : null;

    /// <summary>Ends a call.</summary>
    public PhoneCall? End(Guid id)
    {
        _calls.TryRemove(id, out var ended);
        ended.Measured?.Dispose();
        return ended.Call;
    }
}
