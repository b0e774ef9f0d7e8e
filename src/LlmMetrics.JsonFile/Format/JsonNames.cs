using System.Globalization;
using System.Text.Json;

namespace LlmMetrics.Format;

/// <summary>
/// What the writer keeps per metric: its key in the file and the keys of its buckets. The key stays the same in every
/// file of a process, whatever metrics come later.
/// </summary>
internal sealed class JsonNames
{
    private readonly Dictionary<int, Names> _byMetric = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public Names Of(MetricDescriptor metric)
    {
        if (!_byMetric.TryGetValue(metric.Id, out var names))
        {
            names = new Names(KeyOf(metric), metric.Bounds.Span);
            _byMetric.Add(metric.Id, names);
        }

        return names;
    }

    /// <summary>How a bound is written: shortest round-trip digits, with <c>.0</c> where it is whole.</summary>
    public static string BoundText(double bound)
    {
        if (double.IsPositiveInfinity(bound))
        {
            return "+Inf";
        }

        var text = bound.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text.Replace('E', 'e') : text + ".0";
    }

    private string KeyOf(MetricDescriptor metric)
    {
        if (_taken.Add(metric.Name))
        {
            return metric.Name;
        }

        // Two meters may have an instrument of the same name: a later one carries its meter in the key.
        var key = $"{metric.Name} ({metric.MeterName})";
        for (var number = 2; !_taken.Add(key); number++)
        {
            key = string.Create(CultureInfo.InvariantCulture, $"{metric.Name} ({metric.MeterName} {number})");
        }

        return key;
    }

    internal sealed class Names
    {
        public Names(string key, ReadOnlySpan<double> bounds)
        {
            Key = key;
            Buckets = new JsonEncodedText[bounds.Length + 1];
            for (var i = 0; i < bounds.Length; i++)
            {
                Buckets[i] = JsonEncodedText.Encode(BoundText(bounds[i]), SnapshotJsonWriter.Encoder);
            }

            Buckets[^1] = JsonEncodedText.Encode(BoundText(double.PositiveInfinity), SnapshotJsonWriter.Encoder);
        }

        public string Key { get; }

        /// <summary>Keys of the buckets; the last is what lies above the last bound.</summary>
        public JsonEncodedText[] Buckets { get; }
    }
}
