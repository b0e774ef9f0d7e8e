using System.Runtime.CompilerServices;

namespace LlmMetrics.Workload.Simulation;

/// <summary>Slots for the sequences in the system; as many as were ever there at once.</summary>
internal sealed class SequencePool
{
    private readonly Stack<int> _free = new();
    private Sequence[] _slots = new Sequence[256];
    private int _used;

    public ref Sequence this[int slot] => ref _slots[slot];

    public int InUse => _used - _free.Count;

    [MethodImpl(HotPath.Optimised)]
    public int Add(in Sequence sequence)
    {
        if (!_free.TryPop(out var slot))
        {
            slot = _used++;
            if (slot == _slots.Length)
            {
                Array.Resize(ref _slots, 2 * slot);
            }
        }

        _slots[slot] = sequence;
        return slot;
    }

    public void Free(int slot) => _free.Push(slot);
}
