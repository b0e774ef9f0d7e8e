using System.Collections.Concurrent;

namespace LlmMetrics.Pricing;

/// <summary>
/// Remembers which price belongs to a model, and which models have none. Model names come from outside and are
/// unbounded (deployments, ARNs), so a full cache starts afresh: what is in use comes back at once.
/// </summary>
internal sealed class PriceLookupCache
{
    public const int Capacity = 2048;

    private Generation _current = new();

    public int Count => _current.Prices.Count;

    public bool TryGet(string provider, string model, out FoundPrice? price) =>
        _current.Prices.TryGetValue(new Key(provider, model), out price);

    public void Add(string provider, string model, FoundPrice? price)
    {
        var current = _current;
        if (Interlocked.Increment(ref current.Additions) > Capacity)
        {
            var fresh = new Generation { Additions = 1 };
            var seen = Interlocked.CompareExchange(ref _current, fresh, current);
            current = seen == current ? fresh : seen;
        }

        current.Prices.TryAdd(new Key(provider, model), price);
    }

    private readonly record struct Key(string Provider, string Model)
    {
        public bool Equals(Key other) =>
            string.Equals(Model, other.Model, StringComparison.Ordinal)
            && string.Equals(Provider, other.Provider, StringComparison.Ordinal);

        public override int GetHashCode() =>
            (Provider.GetHashCode(StringComparison.Ordinal) * 31) ^ Model.GetHashCode(StringComparison.Ordinal);
    }

    private sealed class Generation
    {
        public readonly ConcurrentDictionary<Key, FoundPrice?> Prices = new();
        public int Additions;
    }
}
