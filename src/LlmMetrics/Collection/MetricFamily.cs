using System.Collections;
using LlmMetrics.Collection;

namespace LlmMetrics;

/// <summary>One metric of a snapshot with its series. Enumerating allocates nothing.</summary>
public readonly struct MetricFamily : IReadOnlyList<MetricSeries>
{
    private readonly MetricsSnapshot _snapshot;
    private readonly int _index;

    internal MetricFamily(MetricsSnapshot snapshot, int index) => (_snapshot, _index) = (snapshot, index);

    /// <summary>What the metric is.</summary>
    public MetricDescriptor Descriptor => Data.Descriptor;

    /// <summary>The number of series.</summary>
    public int Count => _snapshot is null ? 0 : Data.Count;

    internal DateTimeOffset Timestamp => _snapshot.Data.Timestamp;

    internal ref readonly SnapshotData.FamilyData Data => ref _snapshot.Data[_index];

    /// <inheritdoc/>
    public MetricSeries this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new MetricSeries(this, index);
        }
    }

    /// <summary>Enumerates the series.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<MetricSeries> IEnumerable<MetricSeries>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Enumerates the series of a metric.</summary>
    public struct Enumerator : IEnumerator<MetricSeries>
    {
        private readonly MetricFamily _family;
        private readonly int _count;
        private int _index;

        internal Enumerator(MetricFamily family) => (_family, _count, _index) = (family, family.Count, -1);

        /// <inheritdoc/>
        public readonly MetricSeries Current => new(_family, _index);

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext() => ++_index < _count;

        /// <inheritdoc/>
        public void Reset() => _index = -1;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
