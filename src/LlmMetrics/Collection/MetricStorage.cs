using System.Diagnostics.Metrics;

namespace LlmMetrics.Collection;

/// <summary>One metric: what it is, its series, and the guard on their number.</summary>
internal sealed class MetricStorage(MetricDescriptor descriptor, int maxSeries, SelfDiagnostics diagnostics)
{
    /// <summary>What stands for every value that was folded. Never plain "other", which apps use themselves.</summary>
    public const string Folded = "__other__";

    [ThreadStatic]
    private static KeyValuePair<string, object?>[]? t_scratch;

    private readonly double[] _bounds = descriptor.Bounds.ToArray();
    private readonly int _foldFrom = maxSeries * 4 / 5;
    private Series? _last;

    public MetricDescriptor Descriptor { get; } = descriptor;

    public SeriesTable Table { get; } = new();

    /// <summary>Whether its values come from callbacks at collection, so that unobserved series are left out.</summary>
    public bool IsObserved { get; init; }

    /// <summary>
    /// Whether its values are kept here. Without it, its series only hold the tags that listeners get.
    /// </summary>
    public bool IsCollected { get; init; } = true;

    /// <summary>Knows which series to hide; null if none ever are.</summary>
    public IdleTracker? Idle { get; init; }

    /// <summary>The number of the last collection that read it; for observed metrics.</summary>
    public int Generation { get; set; }

    /// <summary>
    /// The series of these tags; folds open tags, the last first, when the metric is full.
    /// </summary>
    /// <param name="tags">The tags. They are copied if a series is made.</param>
    /// <param name="closed">Which of them never fold; one bit each.</param>
    /// <param name="folded">Whether tags were folded to find the series.</param>
    public Series GetOrAdd(ReadOnlySpan<KeyValuePair<string, object?>> tags, ulong closed, out bool folded)
    {
        folded = false;
        if (Table.Find(tags) is { } known)
        {
            return known;
        }

        if (Table.Count >= _foldFrom)
        {
            var series = FindOrAddFolded(tags, closed);
            folded = !TagHash.Equal(series.Tags, tags);
            if (folded)
            {
                diagnostics.Folded(Descriptor.Name);
            }

            return series;
        }

        lock (Table.Adding)
        {
            return Table.Find(tags) ?? Add(tags.ToArray());
        }
    }

    public ValueSeries Value(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        (ValueSeries)GetOrAdd(tags, 0, out _);

    private Series FindOrAddFolded(ReadOnlySpan<KeyValuePair<string, object?>> tags, ulong closed)
    {
        // A scratch array per thread: folding goes on for as long as the app makes new values, and must not allocate.
        var scratch = t_scratch is { } kept && kept.Length >= tags.Length
            ? kept
            : t_scratch = new KeyValuePair<string, object?>[Math.Max(16, tags.Length)];
        var working = scratch.AsSpan(0, tags.Length);
        tags.CopyTo(working);
        try
        {
            if (Fold(working, closed) is { } known)
            {
                return known;
            }

            lock (Table.Adding)
            {
                return Table.Find(working) ?? AddFolded(working);
            }
        }
        finally
        {
            working.Clear();
        }
    }

    /// <summary>Folds open tags, the last first, until the series exists; null if it does not even so.</summary>
    private Series? Fold(Span<KeyValuePair<string, object?>> tags, ulong closed)
    {
        for (var i = tags.Length - 1; i >= 0; i--)
        {
            if ((closed & (1UL << i)) == 0)
            {
                tags[i] = new(tags[i].Key, Folded);
                if (Table.Find(tags) is { } known)
                {
                    return known;
                }
            }
        }

        return null;
    }

    private Series AddFolded(Span<KeyValuePair<string, object?>> tags)
    {
        if (Table.Count < maxSeries - 1)
        {
            return Add(tags.ToArray());
        }

        if (_last is { } last)
        {
            return last;
        }

        // Even the closed tags, or the sets of names, are too many: one last series keeps the total exact.
        foreach (ref var tag in tags)
        {
            tag = new(tag.Key, Folded);
        }

        return _last = Table.Find(tags) ?? Add(tags.ToArray());
    }

    private Series Add(KeyValuePair<string, object?>[] tags)
    {
        Series series = Descriptor.Kind == MetricKind.Histogram
            ? new HistogramSeries(tags, _bounds)
            : new ValueSeries(tags);
        Table.Add(series);
        return series;
    }

    /// <summary>The live values of its series, for an observable instrument of the same name.</summary>
    public IEnumerable<Measurement<long>> Observe()
    {
        var series = Table.Read(out var count);
        for (var i = 0; i < count; i++)
        {
            if (IsObserved && series[i].ObservedIn != Generation)
            {
                continue;
            }

            yield return new Measurement<long>(((ValueSeries)series[i]).Word, series[i].Tags);
        }
    }

    /// <summary>The same for a metric of doubles.</summary>
    public IEnumerable<Measurement<double>> ObserveDouble()
    {
        var series = Table.Read(out var count);
        for (var i = 0; i < count; i++)
        {
            if (IsObserved && series[i].ObservedIn != Generation)
            {
                continue;
            }

            var value = BitConverter.Int64BitsToDouble(((ValueSeries)series[i]).Word);
            yield return new Measurement<double>(value, series[i].Tags);
        }
    }
}
