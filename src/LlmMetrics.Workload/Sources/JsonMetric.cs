using System.Globalization;
using System.Text.Json;

namespace LlmMetrics.Workload.Sources;

/// <summary>One metric of the JSON files over time.</summary>
internal sealed class JsonMetric
{
    private readonly Dictionary<string, Entry> _series = new(StringComparer.Ordinal);

    public void Add(JsonElement metric, string instance, double time, bool countsFromZero)
    {
        if (!metric.TryGetProperty("series", out var all))
        {
            Add(metric, instance + "\n", time, countsFromZero, new Dictionary<string, string>(0));
            return;
        }

        foreach (var series in all.EnumerateArray())
        {
            var tags = series.GetProperty("tags");
            Add(series, $"{instance}\n{tags.GetRawText()}", time, countsFromZero, tags.EnumerateObject()
                .ToDictionary(static tag => tag.Name, static tag => tag.Value.ToString(), StringComparer.Ordinal));
        }
    }

    public IReadOnlyList<SampledSeries> Series(SeriesPart part) =>
    [
        .. _series.Values.Select(entry => new SampledSeries(
            entry.Tags,
            part switch
            {
                SeriesPart.Sum => entry.Sums,
                SeriesPart.Count => entry.Counts,
                _ => entry.Values,
            },
            entry.CountsFromZero)),
    ];

    public (IReadOnlyList<double> Bounds, IReadOnlyList<double> Counts)? Buckets(
        Func<IReadOnlyDictionary<string, string>, bool> take)
    {
        double[]? bounds = null;
        double[]? counts = null;
        foreach (var entry in _series.Values.Where(entry => take(entry.Tags) && entry.Bounds is not null))
        {
            bounds ??= entry.Bounds!;
            counts ??= new double[bounds.Length + 1];
            if (bounds.AsSpan().SequenceEqual(entry.Bounds))
            {
                for (var i = 0; i < counts.Length; i++)
                {
                    counts[i] += entry.ClosedBuckets[i] + entry.LastBuckets[i];
                }
            }
        }

        return counts is null ? null : (bounds!, counts);
    }

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDouble()
        : double.Parse(value.GetString()!.Replace("Inf", "Infinity", StringComparison.Ordinal),
            CultureInfo.InvariantCulture);

    // Counting begins anew in each process, so its series are kept apart.
    private void Add(
        JsonElement series, string key, double time, bool countsFromZero, Dictionary<string, string> tags)
    {
        if (!_series.TryGetValue(key, out var entry))
        {
            _series.Add(key, entry = new Entry { Tags = tags, CountsFromZero = countsFromZero });
        }

        if (series.TryGetProperty("value", out var value))
        {
            entry.Values.Add((time, Number(value)));
        }
        else if (series.TryGetProperty("buckets", out var buckets))
        {
            entry.Sums.Add((time, Number(series.GetProperty("sum"))));
            entry.Counts.Add((time, Number(series.GetProperty("count"))));
            entry.SetBuckets(buckets);
        }
    }

    private sealed class Entry
    {
        public required IReadOnlyDictionary<string, string> Tags { get; init; }

        public required bool CountsFromZero { get; init; }

        public List<(double Time, double Value)> Values { get; } = [];

        public List<(double Time, double Value)> Sums { get; } = [];

        public List<(double Time, double Value)> Counts { get; } = [];

        public double[]? Bounds { get; private set; }

        public double[] LastBuckets { get; private set; } = [];

        /// <summary>What was counted before a restart.</summary>
        public double[] ClosedBuckets { get; private set; } = [];

        public void SetBuckets(JsonElement buckets)
        {
            var all = buckets.EnumerateObject().ToList();
            Bounds ??= [.. all.SkipLast(1).Select(static b => double.Parse(b.Name, CultureInfo.InvariantCulture))];
            var counts = all.ConvertAll(static b => b.Value.GetDouble()).ToArray();
            if (LastBuckets.Length == 0)
            {
                // Of a process that is older than the window, what it had counted before is taken off.
                ClosedBuckets = CountsFromZero ? new double[counts.Length] : [.. counts.Select(static c => -c)];
            }
            else if (counts.Sum() < LastBuckets.Sum())
            {
                ClosedBuckets = [.. ClosedBuckets.Zip(LastBuckets, static (a, b) => a + b)];
            }

            LastBuckets = counts;
        }
    }
}
