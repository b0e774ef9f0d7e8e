using System.Globalization;
using System.Text.Json;

namespace LlmMetrics.Data;

/// <summary>Writes all metrics of a snapshot for the page, with at most so many series of each.</summary>
internal static class MetricsJson
{
    public const int MaxSeries = 200;

    public static void Write(Utf8JsonWriter json, MetricsSnapshot snapshot)
    {
        json.WriteStartArray();
        foreach (var family in snapshot.Families)
        {
            Write(json, family);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, MetricFamily family)
    {
        var metric = family.Descriptor;
        json.WriteStartObject();
        json.WriteString("name", metric.Name);
        json.WriteString("kind", metric.Kind.ToString());
        json.WriteString("unit", metric.Unit);
        json.WriteString("description", metric.Description);
        json.WriteNumber("seriesCount", family.Count);
        json.WriteStartArray("series");
        for (var index = 0; index < Math.Min(family.Count, MaxSeries); index++)
        {
            Write(json, metric, family[index]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MetricDescriptor metric, MetricSeries series)
    {
        json.WriteStartObject();
        json.WriteStartObject("tags");
        foreach (var (name, value) in series.Tags)
        {
            json.WriteString(name, Text(value));
        }

        json.WriteEndObject();
        if (metric.Kind == MetricKind.Histogram)
        {
            json.WriteNumber("count", series.Count);
            Number(json, "sum", series.Sum);
            Number(json, "p50", BucketQuantile.Of(metric.Bounds.Span, series.BucketCounts, 0.5));
            Number(json, "p95", BucketQuantile.Of(metric.Bounds.Span, series.BucketCounts, 0.95));
        }
        else
        {
            Number(json, "value", series.Value);
        }

        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
}
