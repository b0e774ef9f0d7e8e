using System.Text.Encodings.Web;
using System.Text.Json;

namespace LlmMetrics.Format;

/// <summary>
/// Writes a snapshot as one JSON object, straight to a stream: no more than a buffer of it is ever in memory. Not
/// thread-safe; it keeps its buffer and the metrics' keys from one file to the next.
/// </summary>
internal sealed class SnapshotJsonWriter : IDisposable
{
    public const int SchemaVersion = 1;

    // Letters beyond ASCII, quotes and "+Inf" stay readable; the files are never put into a web page unescaped.
    internal static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private const int FlushAt = 32 * 1024;

    private readonly JsonNames _names = new();
    private readonly MetricTotal _total = new();
    private readonly byte[] _timestamp = new byte[40];
    private readonly Utf8JsonWriter _json;
    private int _timestampLength;

    public SnapshotJsonWriter(bool indented) => _json = new Utf8JsonWriter(
        Stream.Null,
        new JsonWriterOptions { Encoder = Encoder, Indented = indented, NewLine = "\n", SkipValidation = true });

    public void Dispose() => _json.Dispose();

    public void Write(MetricsSnapshot snapshot, Stream stream, CancellationToken cancellationToken)
    {
        _json.Reset(stream);
        try
        {
            _timestampLength = JsonValues.FormatUnixSeconds(snapshot.Timestamp, _timestamp);
            _json.WriteStartObject();
            _json.WriteTime("timestamp"u8, snapshot.Timestamp);
            _json.WriteNumber("schema_version"u8, SchemaVersion);
            _json.WriteString("instance_id"u8, snapshot.Resource.InstanceId);
            _json.WriteTime("start_time"u8, snapshot.StartTime);
            _json.WriteStartObject("metrics"u8);
            foreach (var family in snapshot.Families)
            {
                WriteMetric(family, cancellationToken);
            }

            _json.WriteEndObject();
            _json.WriteEndObject();
            _json.Flush();
        }
        finally
        {
            _json.Reset(Stream.Null);
        }
    }

    private void WriteMetric(MetricFamily family, CancellationToken cancellationToken)
    {
        var metric = family.Descriptor;
        var names = _names.Of(metric);
        _json.WriteStartObject(names.Key);
        _json.WriteString("name"u8, metric.Name);
        if (names.Key != metric.Name)
        {
            _json.WriteString("meter"u8, metric.MeterName);
        }

        _json.WriteString("type"u8, TypeOf(metric.Kind));
        _json.WriteString("description"u8, metric.Description);
        var hasTags = family.Count > 1 || family[0].Tags.Length > 0;
        if (!hasTags || metric.Kind != MetricKind.Gauge)
        {
            // The last value of one series says nothing about the others, so only sums have a total.
            _total.Sum(family);
            WriteTotal(metric, names);
        }

        if (hasTags)
        {
            WriteSeries(family, names, cancellationToken);
        }

        _json.WritePropertyName("timestamp"u8);
        _json.WriteRawValue(_timestamp.AsSpan(0, _timestampLength), skipInputValidation: true);
        _json.WriteEndObject();
        FlushIfFull(cancellationToken);
    }

    private void WriteTotal(MetricDescriptor metric, JsonNames.Names names)
    {
        if (metric.Kind == MetricKind.Histogram)
        {
            WriteHistogram(names, _total.Buckets, _total.Value);
        }
        else if (metric.IsInteger)
        {
            _json.WriteFigure("value"u8, _total.Integer);
        }
        else
        {
            _json.WriteFigure("value"u8, _total.Value);
        }
    }

    private void WriteSeries(MetricFamily family, JsonNames.Names names, CancellationToken cancellationToken)
    {
        _json.WriteStartArray("series"u8);
        foreach (var series in family)
        {
            _json.WriteStartObject();
            _json.WriteTags(series.Tags);
            if (family.Descriptor.Kind == MetricKind.Histogram)
            {
                WriteHistogram(names, series.BucketCounts, series.Sum);
            }
            else if (family.Descriptor.IsInteger)
            {
                _json.WriteNumber("value"u8, series.Int64Value);
            }
            else
            {
                _json.WriteFigure("value"u8, series.Value);
            }

            _json.WriteEndObject();
            FlushIfFull(cancellationToken);
        }

        _json.WriteEndArray();
    }

    private void WriteHistogram(JsonNames.Names names, ReadOnlySpan<long> buckets, double sum)
    {
        long count = 0;
        _json.WriteStartObject("buckets"u8);
        for (var i = 0; i < buckets.Length; i++)
        {
            _json.WriteNumber(names.Buckets[i], buckets[i]);
            count += buckets[i];
        }

        _json.WriteEndObject();
        _json.WriteFigure("sum"u8, sum);
        _json.WriteNumber("count"u8, count);
    }

    private void FlushIfFull(CancellationToken cancellationToken)
    {
        if (_json.BytesPending >= FlushAt)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _json.Flush();
        }
    }

    private static ReadOnlySpan<byte> TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter"u8,
        MetricKind.UpDownCounter => "updowncounter"u8,
        MetricKind.Gauge => "gauge"u8,
        _ => "histogram"u8,
    };
}
