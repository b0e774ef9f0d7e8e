namespace LlmMetrics.Exposition;

/// <summary>
/// Finds label sets that a family exposes already. Kept only for families in which two series could get the same
/// label bytes; a series in it costs about eight bytes.
/// </summary>
internal sealed class DuplicateIndex(LabelArena arena)
{
    private int[] _slots = new int[16];
    private int _count;

    /// <summary>Adds the label set at a place of the arena, unless an equal one is there.</summary>
    public bool TryAdd(int place)
    {
        if ((_count + 1) * 3 > _slots.Length * 2)
        {
            Grow();
        }

        var slot = SlotOf(place);
        if (_slots[slot] != 0)
        {
            return false;
        }

        _slots[slot] = place;
        _count++;
        return true;
    }

    private void Grow()
    {
        var known = _slots;
        _slots = new int[known.Length * 2];
        foreach (var place in known)
        {
            if (place != 0)
            {
                _slots[SlotOf(place)] = place;
            }
        }
    }

    private int SlotOf(int place)
    {
        var labels = arena[place];
        var hash = default(HashCode);
        hash.AddBytes(labels);
        var mask = _slots.Length - 1;
        var slot = hash.ToHashCode() & mask;
        while (_slots[slot] != 0 && !arena[_slots[slot]].SequenceEqual(labels))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }
}
