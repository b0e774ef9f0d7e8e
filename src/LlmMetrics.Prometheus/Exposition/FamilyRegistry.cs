using LlmMetrics.Naming;

namespace LlmMetrics.Exposition;

/// <summary>
/// Knows under which family every metric is exposed, and the label bytes of every series. It only grows, so a scrape
/// works with what it read while another adds to it.
/// </summary>
internal sealed class FamilyRegistry(bool targetInfo, bool scopeLabels, IExpositionReport report)
{
    private readonly Lock _adding = new();
    private readonly LabelArena _arena = new();
    private readonly LabelEncoder _encoder = new(scopeLabels);
    private readonly Dictionary<string, ExposedFamily> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken =
        new(targetInfo ? ["target", "target_info"] : [], StringComparer.Ordinal);

    private bool[] _known = [];
    private ExposedFamily[] _families = [];

    /// <summary>The families sorted by name, with all metrics of this snapshot among them.</summary>
    public ExposedFamily[] FamiliesOf(MetricsSnapshot snapshot)
    {
        var known = Volatile.Read(ref _known);
        foreach (var family in snapshot.Families)
        {
            var id = family.Descriptor.Id;
            if (id >= known.Length || !Volatile.Read(ref known[id]))
            {
                Add(snapshot);
                break;
            }
        }

        return Volatile.Read(ref _families);
    }

    /// <summary>The label bytes of a series; false if it is left out.</summary>
    public bool TryGetLabels(
        ExposedFamily family,
        ExposedMetric metric,
        in MetricSeries series,
        int expected,
        out ReadOnlySpan<byte> labels)
    {
        if (!metric.TryGetPlace(series.Index, out var place))
        {
            place = Encode(family, metric, series, expected);
        }

        labels = place > 0 ? _arena[place] : default;
        return place > 0;
    }

    private int Encode(ExposedFamily family, ExposedMetric metric, in MetricSeries series, int expected)
    {
        lock (_adding)
        {
            if (metric.TryGetPlace(series.Index, out var place))
            {
                return place;
            }

            var labels = _encoder.Encode(series.Tags, out var exact);
            place = _arena.Add(labels);
            if (family.IsNew(metric, place, exact & HasUsualKeys(metric, series.Tags), _arena))
            {
                metric.SetPlace(series.Index, place, expected);
                return place;
            }

            metric.SetPlace(series.Index, null, expected);
            report.DuplicateSeries(metric.Descriptor, family.Name.Sample, first: !family.DuplicatesReported);
            family.DuplicatesReported = true;
            return -1;
        }
    }

    /// <summary>Series with the same keys in the same order differ in values, and so in their bytes.</summary>
    private static bool HasUsualKeys(ExposedMetric metric, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (metric.Keys is not { } keys)
        {
            keys = new string[tags.Length];
            for (var i = 0; i < keys.Length; i++)
            {
                keys[i] = tags[i].Key;
            }

            metric.Keys = keys;
            return true;
        }

        if (keys.Length != tags.Length)
        {
            return false;
        }

        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] != tags[i].Key)
            {
                return false;
            }
        }

        return true;
    }

    private void Add(MetricsSnapshot snapshot)
    {
        lock (_adding)
        {
            // A copy: whoever reads that a metric is known must find its family.
            bool[] known = [.. _known];
            foreach (var family in snapshot.Families)
            {
                var descriptor = family.Descriptor;
                if (descriptor.Id >= known.Length)
                {
                    Array.Resize(ref known, Math.Max(descriptor.Id + 1, known.Length * 2));
                }

                if (!known[descriptor.Id])
                {
                    Add(descriptor);
                    known[descriptor.Id] = true;
                }
            }

            ExposedFamily[] families = [.. _byName.Values];
            Array.Sort(families, static (x, y) => string.CompareOrdinal(x.Name.Family, y.Name.Family));
            Volatile.Write(ref _families, families);
            Volatile.Write(ref _known, known);
        }
    }

    private void Add(MetricDescriptor descriptor)
    {
        var name = PrometheusName.Of(descriptor);
        if (!_byName.TryGetValue(name.Family, out var family))
        {
            var names = ExposedFamily.NamesOf(name);
            if (_taken.Overlaps(names))
            {
                report.NameConflict(descriptor, name.Sample);
                return;
            }

            _taken.UnionWith(names);
            _byName[name.Family] = family = new ExposedFamily(descriptor, name);
        }
        else if (family.Name.Type != name.Type)
        {
            report.NameConflict(descriptor, name.Sample);
            return;
        }

        family.Metrics = [.. family.Metrics, new ExposedMetric(descriptor, name, scopeLabels)];
    }
}
