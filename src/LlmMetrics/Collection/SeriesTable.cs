namespace LlmMetrics.Collection;

/// <summary>
/// The series of one metric: append-only, so an index is good for as long as the table lives. Readers take no lock;
/// whoever adds holds the table's own.
/// </summary>
internal sealed class SeriesTable
{
    private readonly Lock _adding = new();
    private volatile Table _table = new(8);

    public int Count => _table.Count;

    public Lock Adding => _adding;

    /// <summary>The series so far; the array may be longer than the count.</summary>
    public Series[] Read(out int count)
    {
        var table = _table;
        count = table.Count;
        return table.Series;
    }

    public Series? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags) => _table.Find(tags, TagHash.Of(tags));

    /// <summary>Adds a series whose tags are not there yet. The caller holds <see cref="Adding"/>.</summary>
    public void Add(Series series)
    {
        var table = _table;
        if (table.Count == table.Series.Length)
        {
            var larger = new Table(table.Series.Length * 2);
            foreach (var known in table.Series)
            {
                larger.Add(known);
            }

            larger.Add(series);
            _table = larger;
            return;
        }

        table.Add(series);
    }

    private sealed class Table(int capacity)
    {
        public readonly Series[] Series = new Series[capacity];
        private readonly int[] _slots = new int[capacity * 2];
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Series? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags, int hash)
        {
            var mask = _slots.Length - 1;
            for (var slot = hash & mask; ; slot = (slot + 1) & mask)
            {
                var index = Volatile.Read(ref _slots[slot]);
                if (index == 0)
                {
                    return null;
                }

                var series = Series[index - 1];
                if (TagHash.Equal(series.Tags, tags))
                {
                    return series;
                }
            }
        }

        public void Add(Series series)
        {
            var mask = _slots.Length - 1;
            var slot = TagHash.Of(series.Tags) & mask;
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            Series[_count] = series;
            Volatile.Write(ref _count, _count + 1);
            Volatile.Write(ref _slots[slot], _count);
        }
    }
}
