using System.Runtime.CompilerServices;

namespace LlmMetrics.Workload.Simulation;

/// <summary>A heap over the numbers 0 to n-1 whose keys change in place; equal keys go by number.</summary>
internal sealed class IndexedHeap
{
    private readonly double[] _keys;
    private readonly int[] _items;
    private readonly int[] _places;

    public IndexedHeap(int count, double key)
    {
        _keys = new double[count];
        _items = new int[count];
        _places = new int[count];
        for (var i = 0; i < count; i++)
        {
            _keys[i] = key;
            _items[i] = _places[i] = i;
        }
    }

    public int First => _items[0];

    public double FirstKey => _keys[_items[0]];

    [MethodImpl(HotPath.Optimised)]
    public void Change(int item, double key)
    {
        _keys[item] = key;
        if (_keys.Length > 1 && !Rise(_places[item], item))
        {
            Sink(_places[item], item);
        }
    }

    private bool IsBefore(int one, int other) =>
        _keys[one] < _keys[other] || (_keys[one] == _keys[other] && one < other);

    [MethodImpl(HotPath.Optimised)]
    private bool Rise(int place, int item)
    {
        var start = place;
        while (place > 0)
        {
            var parent = (place - 1) / 2;
            if (!IsBefore(item, _items[parent]))
            {
                break;
            }

            Put(place, _items[parent]);
            place = parent;
        }

        Put(place, item);
        return place != start;
    }

    [MethodImpl(HotPath.Optimised)]
    private void Sink(int place, int item)
    {
        while (true)
        {
            var child = (2 * place) + 1;
            if (child >= _items.Length)
            {
                break;
            }

            if (child + 1 < _items.Length && IsBefore(_items[child + 1], _items[child]))
            {
                child++;
            }

            if (!IsBefore(_items[child], item))
            {
                break;
            }

            Put(place, _items[child]);
            place = child;
        }

        Put(place, item);
    }

    private void Put(int place, int item)
    {
        _items[place] = item;
        _places[item] = place;
    }
}
