using System.Globalization;
using System.Text;
using LlmMetrics.Testing;

namespace LlmMetrics.EndToEnd.Tests;

/// <summary>
/// Samples by name and labels, under Prometheus' names: what a server must have, worked out from a snapshot without
/// the adapters' code.
/// </summary>
internal sealed class SampleSet
{
    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal) { "le" };

    public int Count => _values.Count;

    /// <summary>The samples of this library's own metrics and of those that the app defines.</summary>
    public static SampleSet Of(MetricsSnapshot snapshot)
    {
        var set = new SampleSet();
        foreach (var family in snapshot.Families)
        {
            if (family.Descriptor.MeterName == LlmMetricsNames.Meter)
            {
                set.Add(family);
            }
        }

        return set;
    }

    /// <summary>Only what two snapshots agree on: all but uptime and its like.</summary>
    public SampleSet Common(SampleSet other)
    {
        var set = new SampleSet();
        set._labels.UnionWith(_labels);
        foreach (var (key, value) in _values)
        {
            if (other._values.TryGetValue(key, out var same) && same.Equals(value))
            {
                set._values.Add(key, value);
            }
        }

        return set;
    }

    /// <summary>Every sample that is missing, twice there or different, as text.</summary>
    /// <param name="actual">Samples of a server; labels that no metric of ours has are its own.</param>
    public IReadOnlyList<string> Differences(
        IEnumerable<(string Name, IReadOnlyDictionary<string, string> Labels, double Value)> actual)
    {
        var differences = new List<string>();
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, labels, value) in actual)
        {
            var key = Key(name, labels.Where(label => _labels.Contains(label.Key)));
            if (!found.TryAdd(key, value) && _values.ContainsKey(key))
            {
                differences.Add($"{key} is there twice");
            }
        }

        foreach (var (key, value) in _values)
        {
            if (!found.TryGetValue(key, out var got))
            {
                differences.Add($"{key} is missing");
            }
            else if (Math.Abs(got - value) > 1e-12 * Math.Abs(value))
            {
                differences.Add(string.Create(CultureInfo.InvariantCulture, $"{key}: {got:R} instead of {value:R}"));
            }
        }

        return differences;
    }

    public IReadOnlyList<string> Differences(IEnumerable<PromSeries> series) =>
        Differences(series.Select(static s => (s.Name, s.Labels, s.Value)));

    public IReadOnlyList<string> Differences(OpenMetricsVerdict verdict) =>
        Differences(verdict.Samples.Select(static s => (s.Name, s.Labels, s.Value)));

    private static string Key(string name, IEnumerable<KeyValuePair<string, string>> labels)
    {
        var key = new StringBuilder(name);
        foreach (var (label, value) in labels.OrderBy(static l => l.Key, StringComparer.Ordinal))
        {
            // Servers and formats write the bounds of buckets in their own ways: 1, 1.0, 1e+06.
            var text = label == "le" && value != "+Inf"
                ? double.Parse(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)
                : value;
            key.Append(CultureInfo.InvariantCulture, $" {label}={text}");
        }

        return key.ToString();
    }

    private void Add(MetricFamily family)
    {
        var descriptor = family.Descriptor;
        var name = descriptor.Name.Replace('.', '_') + (descriptor.Unit == "s" ? "_seconds" : string.Empty);
        foreach (var series in family)
        {
            var labels = new List<KeyValuePair<string, string>>();
            foreach (var (key, value) in series.Tags)
            {
                labels.Add(new(key.Replace('.', '_'), value?.ToString() ?? string.Empty));
                _labels.Add(key.Replace('.', '_'));
            }

            if (descriptor.Kind == MetricKind.Histogram)
            {
                AddHistogram(name, labels, series, descriptor.Bounds.Span);
            }
            else
            {
                _values.Add(
                    Key(descriptor.Kind == MetricKind.Counter ? name + "_total" : name, labels), series.Value);
            }
        }
    }

    private void AddHistogram(
        string name, List<KeyValuePair<string, string>> labels, MetricSeries series, ReadOnlySpan<double> bounds)
    {
        var sum = 0L;
        for (var index = 0; index < series.BucketCounts.Length; index++)
        {
            sum += series.BucketCounts[index];
            var bound = index < bounds.Length ? bounds[index].ToString("R", CultureInfo.InvariantCulture) : "+Inf";
            _values.Add(Key(name + "_bucket", [.. labels, new("le", bound)]), sum);
        }

        _values.Add(Key(name + "_count", labels), series.Count);
        _values.Add(Key(name + "_sum", labels), series.Sum);
    }
}
