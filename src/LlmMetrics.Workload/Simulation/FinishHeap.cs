using System.Runtime.CompilerServices;

namespace LlmMetrics.Workload.Simulation;

/// <summary>Sequences that decode, by the token count of the replica at which each is done.</summary>
internal sealed class FinishHeap(int capacity)
{
    private readonly double[] _keys = new double[capacity];
    private readonly int[] _slots = new int[capacity];

    public int Count { get; private set; }

    public double FirstKey => _keys[0];

    [MethodImpl(HotPath.Optimised)]
    public void Add(double key, int slot)
    {
        var place = Count++;
        while (place > 0)
        {
            var parent = (place - 1) / 2;
            if (_keys[parent] <= key)
            {
                break;
            }

            _keys[place] = _keys[parent];
            _slots[place] = _slots[parent];
            place = parent;
        }

        _keys[place] = key;
        _slots[place] = slot;
    }

    [MethodImpl(HotPath.Optimised)]
    public int RemoveFirst()
    {
        var first = _slots[0];
        var count = --Count;
        var key = _keys[count];
        var slot = _slots[count];
        var place = 0;
        for (var child = 1; child < count; child = (2 * place) + 1)
        {
            if (child + 1 < count && _keys[child + 1] < _keys[child])
            {
                child++;
            }

            if (_keys[child] >= key)
            {
                break;
            }

            _keys[place] = _keys[child];
            _slots[place] = _slots[child];
            place = child;
        }

        _keys[place] = key;
        _slots[place] = slot;
        return first;
    }
}
