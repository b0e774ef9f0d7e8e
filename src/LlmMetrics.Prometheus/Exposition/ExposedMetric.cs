using LlmMetrics.Naming;

namespace LlmMetrics.Exposition;

/// <summary>One instrument's part of a family: the bytes its lines are made of, and its series' labels.</summary>
internal sealed class ExposedMetric
{
    private const int NotEncoded = 0;
    private const int LeftOut = -1;

    private readonly byte[] _buckets;
    private readonly int[] _bucketEnds;
    private int[] _places = [];

    public ExposedMetric(MetricDescriptor descriptor, in PrometheusName name, bool scopeLabels)
    {
        Descriptor = descriptor;
        Type = name.Type;
        Scope = scopeLabels ? ScopeLabels.Encode(descriptor) : [];
        (_buckets, _bucketEnds) = EncodeBounds(descriptor.Bounds.Span, name.Type);

        // A strict reader refuses a sum that may fall: bounds below zero say that it may.
        HasSum = name.Type == PrometheusType.Histogram
            && (descriptor.Bounds.IsEmpty || descriptor.Bounds.Span[0] >= 0);
    }

    public MetricDescriptor Descriptor { get; }

    public PrometheusType Type { get; }

    /// <summary>Labels that all its series have.</summary>
    public byte[] Scope { get; }

    public bool HasSum { get; }

    /// <summary>The keys of its first series; others make label sets that could meet.</summary>
    public string[]? Keys { get; set; }

    /// <summary>What follows the labels of a bucket's line: <c>,le="0.5"} </c>.</summary>
    public ReadOnlySpan<byte> BucketEnd(int bucket)
    {
        var start = bucket == 0 ? 0 : _bucketEnds[bucket - 1];
        return _buckets.AsSpan(start, _bucketEnds[bucket] - start);
    }

    /// <summary>Where the labels of a series are; false if they are not encoded yet.</summary>
    public bool TryGetPlace(int series, out int place)
    {
        var places = Volatile.Read(ref _places);
        place = series < places.Length ? Volatile.Read(ref places[series]) : NotEncoded;
        return place != NotEncoded;
    }

    /// <summary>Remembers where labels are, or that their series is left out. Callers take turns.</summary>
    public void SetPlace(int series, int? place, int expected)
    {
        var places = _places;
        if (series >= places.Length)
        {
            var larger = new int[Math.Max(Math.Max(series + 1, expected), places.Length + (places.Length / 4))];
            places.CopyTo(larger, 0);
            places = larger;
        }

        Volatile.Write(ref places[series], place ?? LeftOut);
        Volatile.Write(ref _places, places);
    }

    /// <summary>Adds all that is exposed already to an index.</summary>
    public void AddTo(HashSet<int> index) => index.UnionWith(_places.Where(static place => place > NotEncoded));

    private static (byte[] Buckets, int[] Ends) EncodeBounds(ReadOnlySpan<double> bounds, PrometheusType type)
    {
        if (type != PrometheusType.Histogram)
        {
            return ([], []);
        }

        var text = new ByteBuffer(1024);
        var ends = new int[bounds.Length + 1];
        for (var i = 0; i < ends.Length; i++)
        {
            text.Write(",le=\""u8);
            text.WriteAscii(CanonicalNumber.Format(i < bounds.Length ? bounds[i] : double.PositiveInfinity));
            text.Write("\"} "u8);
            ends[i] = text.Length;
        }

        return (text.WrittenSpan.ToArray(), ends);
    }
}
