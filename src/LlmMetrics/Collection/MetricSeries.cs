namespace LlmMetrics;

/// <summary>One series of a metric: its tags and its values.</summary>
public readonly struct MetricSeries
{
    private readonly MetricFamily _family;
    private readonly int _position;

    internal MetricSeries(MetricFamily family, int position) => (_family, _position) = (family, position);

    /// <summary>
    /// Number of the series within its metric, from 0, stable while the runtime lives: a key for what adapters cache
    /// (encoded labels, say). Series that are left out of a snapshot leave gaps.
    /// </summary>
    public int Index => _family.Data.Indexes is { } indexes ? indexes[_position] : _position;

    /// <summary>The tags, in the order of the instrument. Values are text, or what a foreign instrument gave.</summary>
    public ReadOnlySpan<KeyValuePair<string, object?>> Tags => _family.Data.Series[Index].Tags;

    /// <summary>The value of a counter or gauge; the sum of a histogram. In the metric's unit.</summary>
    public double Value
    {
        get
        {
            var word = Words[^1];
            return _family.Descriptor is { IsInteger: true, Kind: not MetricKind.Histogram }
                ? word
                : BitConverter.Int64BitsToDouble(word);
        }
    }

    /// <summary>The exact value of an integer counter or gauge; the count of a histogram.</summary>
    /// <exception cref="InvalidOperationException">The metric's values are not integers.</exception>
    public long Int64Value
    {
        get
        {
            if (_family.Descriptor.Kind == MetricKind.Histogram)
            {
                return Count;
            }

            return _family.Descriptor.IsInteger
                ? Words[0]
                : throw new InvalidOperationException("The values of this metric are not integers.");
        }
    }

    /// <summary>The sum of a histogram's measurements; the value of other kinds.</summary>
    public double Sum => Value;

    /// <summary>The number of a histogram's measurements, which is the sum of its buckets; 0 for other kinds.</summary>
    public long Count
    {
        get
        {
            long count = 0;
            foreach (var bucket in BucketCounts)
            {
                count += bucket;
            }

            return count;
        }
    }

    /// <summary>
    /// Measurements per bucket, not cumulative; the last is what lies above the last bound. Empty for other kinds.
    /// </summary>
    public ReadOnlySpan<long> BucketCounts =>
        _family.Descriptor.Kind == MetricKind.Histogram ? Words[..^1] : default;

    private ReadOnlySpan<long> Words
    {
        get
        {
            ref readonly var data = ref _family.Data;
            return data.Words.AsSpan(_position * data.Stride, data.Stride);
        }
    }

    /// <summary>Whether the series has any exemplar, so that most need not be asked for each.</summary>
    public bool HasExemplars => _family.Data.Series[Index].HasExemplars;

    /// <summary>The latest exemplar of a histogram's bucket, or of a counter (bucket 0), if there is one.</summary>
    /// <param name="bucket">Index into <see cref="BucketCounts"/>; 0 for a counter.</param>
    /// <returns>The exemplar or null.</returns>
    /// <remarks>
    /// Only the latest exemplar is kept, and none that is newer than the snapshot is given: in a snapshot that is held
    /// while the app goes on, exemplars disappear one by one.
    /// </remarks>
    public Exemplar? GetExemplar(int bucket = 0)
    {
        var exemplar = _family.Data.Series[Index].ExemplarAt(bucket);
        var isInSnapshot = exemplar is not null
            && exemplar.Timestamp <= _family.Timestamp
            && (_family.Descriptor.Kind != MetricKind.Histogram || BucketCounts[bucket] > 0);
        return isInSnapshot ? exemplar : null;
    }
}
