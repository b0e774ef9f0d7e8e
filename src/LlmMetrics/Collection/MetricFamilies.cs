using System.Collections;

namespace LlmMetrics;

/// <summary>The metrics of a snapshot. Enumerating allocates nothing.</summary>
public readonly struct MetricFamilies : IReadOnlyList<MetricFamily>
{
    private readonly MetricsSnapshot _snapshot;

    internal MetricFamilies(MetricsSnapshot snapshot) => _snapshot = snapshot;

    /// <inheritdoc/>
    public int Count => _snapshot is null ? 0 : _snapshot.Data.Count;

    /// <inheritdoc/>
    public MetricFamily this[int index] => new(_snapshot, index);

    /// <summary>Enumerates the metrics.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<MetricFamily> IEnumerable<MetricFamily>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Enumerates the metrics of a snapshot.</summary>
    public struct Enumerator : IEnumerator<MetricFamily>
    {
        private readonly MetricFamilies _families;
        private int _index;

        internal Enumerator(MetricFamilies families) => (_families, _index) = (families, -1);

        /// <inheritdoc/>
        public readonly MetricFamily Current => _families[_index];

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext() => ++_index < _families.Count;

        /// <inheritdoc/>
        public void Reset() => _index = -1;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
