using LlmMetrics.Facts;

namespace LlmMetrics.Collection;

/// <summary>
/// Finds the series of a fact by its key fields. Open addressing, copied when it grows, so readers take no lock;
/// bounded: when it is full it starts anew, which costs time and no data.
/// </summary>
internal sealed class BindingTable(int[] slots, ulong closedMask)
{
    /// <summary>Bindings kept at most.</summary>
    public const int MaxBindings = 8192;

    private readonly Lock _adding = new();
    private BoundFact?[] _entries = new BoundFact?[64];
    private int _count;

    public BoundFact? Find(in FactData.Keys keys, ClosedFields closedFields, out ulong hash)
    {
        var closed = closedFields.Masked(closedMask);
        hash = KeyHash.Add(0, closed);
        foreach (var slot in slots)
        {
            hash = KeyHash.Add(hash, keys[slot]);
        }

        hash = KeyHash.Finish(hash);
        var entries = Volatile.Read(ref _entries);
        var mask = entries.Length - 1;
        for (var i = (int)hash & mask; ; i = (i + 1) & mask)
        {
            var entry = Volatile.Read(ref entries[i]);
            if (entry is null)
            {
                return null;
            }

            if (entry.Hash == hash && entry.IsFor(in keys, closed, slots))
            {
                return entry;
            }
        }
    }

    public void Add(BoundFact binding)
    {
        lock (_adding)
        {
            var entries = _entries;
            if (_count >= MaxBindings)
            {
                entries = new BoundFact?[64];
                _count = 0;
            }
            else if (_count * 2 >= entries.Length)
            {
                entries = Grow(entries);
            }

            Insert(entries, binding);
            _count++;
            Volatile.Write(ref _entries, entries);
        }
    }

    public void Clear()
    {
        lock (_adding)
        {
            _count = 0;
            Volatile.Write(ref _entries, new BoundFact?[64]);
        }
    }

    private static BoundFact?[] Grow(BoundFact?[] entries)
    {
        var larger = new BoundFact?[entries.Length * 2];
        foreach (var entry in entries)
        {
            if (entry is not null)
            {
                Insert(larger, entry);
            }
        }

        return larger;
    }

    private static void Insert(BoundFact?[] entries, BoundFact binding)
    {
        var mask = entries.Length - 1;
        var i = (int)binding.Hash & mask;
        while (entries[i] is not null)
        {
            i = (i + 1) & mask;
        }

        Volatile.Write(ref entries[i], binding);
    }
}
