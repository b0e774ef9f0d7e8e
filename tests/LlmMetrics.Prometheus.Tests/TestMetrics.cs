using System.Diagnostics;
using System.Text;
using LlmMetrics.Collection;
using LlmMetrics.Exposition;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmMetrics.Tests;

/// <summary>Metrics made by hand, and their exposition.</summary>
internal sealed class TestMetrics
{
    private readonly List<MetricStorage> _storages = [];
    private readonly Dictionary<string, string> _attributes = new(StringComparer.Ordinal)
    {
        ["service.name"] = "test",
        ["service.instance.id"] = "1",
    };

    private MetricsResource? _resource;

    public RecordingReport Report { get; } = new();

    public MetricStorage Add(
        string name,
        MetricKind kind = MetricKind.Counter,
        bool integer = true,
        double[]? bounds = null,
        string unit = "",
        string description = "",
        string meter = "Test",
        int maxSeries = int.MaxValue / 8,
        bool observed = false)
    {
        var descriptor = new MetricDescriptor(_storages.Count, name, kind, integer, bounds ?? [])
        {
            Unit = unit,
            Description = description,
            MeterName = meter,
        };
        var diagnostics = new SelfDiagnostics(NullLogger.Instance, TimeProvider.System);
        var storage = new MetricStorage(descriptor, maxSeries, diagnostics) { IsObserved = observed };
        _storages.Add(storage);
        return storage;
    }

    public void Count(string name, long value, params (string Key, object? Value)[] tags) =>
        Series(Add(name), tags).Add(value);

    public static ValueSeries Series(MetricStorage storage, params (string Key, object? Value)[] tags) =>
        (ValueSeries)storage.GetOrAdd(Tags(tags), 0, out _);

    public static HistogramSeries Histogram(MetricStorage storage, params (string Key, object? Value)[] tags) =>
        (HistogramSeries)storage.GetOrAdd(Tags(tags), 0, out _);

    public static KeyValuePair<string, object?>[] Tags(params (string Key, object? Value)[] tags) =>
        [.. tags.Select(tag => new KeyValuePair<string, object?>(tag.Key, tag.Value))];

    public static Exemplar Exemplar(double value) => new(
        value,
        DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_045),
        ActivityTraceId.CreateFromString("0af7651916cd43dd8448eb211c80319c"),
        ActivitySpanId.CreateFromString("b7ad6b7169203331"));

    public MetricsSnapshot Snapshot()
    {
        var data = new SnapshotData { Timestamp = DateTimeOffset.FromUnixTimeSeconds(1_700_000_001) };
        foreach (var storage in _storages)
        {
            data.Add(storage);
        }

        return new MetricsSnapshot(data, _resource ??= new MetricsResource(_attributes));
    }

    public PrometheusWriter Writer(bool targetInfo = false, bool scopeLabels = false) =>
        new(targetInfo, scopeLabels, Report);

    public string Text(bool targetInfo = false, bool scopeLabels = false) =>
        Write(Writer(targetInfo, scopeLabels), ExpositionFormat.Text);

    public string OpenMetrics(bool targetInfo = false, bool scopeLabels = false) =>
        Write(Writer(targetInfo, scopeLabels), ExpositionFormat.OpenMetrics);

    public string Write(PrometheusWriter writer, ExpositionFormat format) =>
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes(writer, format));

    public byte[] Bytes(PrometheusWriter writer, ExpositionFormat format)
    {
        using var snapshot = Snapshot();
        var cursor = writer.Rent();
        cursor.Start(snapshot, format);
        using var all = new MemoryStream();
        bool more;
        do
        {
            more = cursor.WritePiece();
            all.Write(cursor.Piece.Span);
            cursor.Clear();
        }
        while (more);
        writer.Return(cursor);
        return all.ToArray();
    }
}
