using System.Collections.Concurrent;

namespace Voicebot;

/// <summary>The calls that are going on.</summary>
public sealed class Switchboard
{
    private readonly ConcurrentDictionary<Guid, PhoneCall> _calls = new();

    /// <summary>How many.</summary>
    public int Active => _calls.Count;

    /// <summary>Takes a call.</summary>
    public Guid Take(PhoneCall call)
    {
        var id = Guid.NewGuid();
        _calls[id] = call;
        return id;
    }

    /// <summary>A call; null if it has ended.</summary>
    public PhoneCall? Find(Guid id) => _calls.GetValueOrDefault(id);

    /// <summary>Ends a call.</summary>
    public PhoneCall? End(Guid id) => _calls.TryRemove(id, out var call) ? call : null;
}
