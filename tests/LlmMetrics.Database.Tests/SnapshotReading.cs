namespace LlmMetrics.Database.Tests;

internal static class SnapshotReading
{
    /// <summary>
    /// The sum (or a histogram's count) over all families of a name, of series with all of these tags.
    /// </summary>
    public static double Sum(this MetricsSnapshot snapshot, string name, params (string Name, string Value)[] tags)
    {
        var sum = 0.0;
        foreach (var family in snapshot.Families)
        {
            if (family.Descriptor.Name == name)
            {
                foreach (var series in family)
                {
                    if (Array.TrueForAll(tags, tag => series.Tag(tag.Name) == tag.Value))
                    {
                        sum += family.Descriptor.Kind == MetricKind.Histogram ? series.Count : series.Value;
                    }
                }
            }
        }

        return sum;
    }

    public static double HistogramSum(
        this MetricsSnapshot snapshot, string name, params (string Name, string Value)[] tags)
    {
        var sum = 0.0;
        foreach (var family in snapshot.Families)
        {
            if (family.Descriptor.Name == name)
            {
                foreach (var series in family)
                {
                    sum += Array.TrueForAll(tags, tag => series.Tag(tag.Name) == tag.Value) ? series.Sum : 0;
                }
            }
        }

        return sum;
    }

    public static string? Tag(this MetricSeries series, string name)
    {
        foreach (var tag in series.Tags)
        {
            if (tag.Key == name)
            {
                return tag.Value?.ToString();
            }
        }

        return null;
    }

    /// <summary>Every tag value of every metric of the library's own.</summary>
    public static IReadOnlyList<string> TagValues(this MetricsSnapshot snapshot)
    {
        var values = new List<string>();
        foreach (var family in snapshot.Families)
        {
            if (family.Descriptor.MeterName == LlmMetricsNames.Meter)
            {
                foreach (var series in family)
                {
                    foreach (var tag in series.Tags)
                    {
                        values.Add(tag.Value?.ToString() ?? "");
                    }
                }
            }
        }

        return values;
    }
}
