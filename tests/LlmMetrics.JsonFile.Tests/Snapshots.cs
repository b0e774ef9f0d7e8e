using System.Globalization;
using LlmMetrics.Collection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmMetrics;

/// <summary>Builds snapshots by hand.</summary>
internal sealed class Snapshots
{
    public static readonly DateTimeOffset Time =
        DateTimeOffset.Parse("2025-02-15T14:30:45.1234567Z", CultureInfo.InvariantCulture);

    private readonly List<MetricStorage> _metrics = [];

    public DateTimeOffset Timestamp { get; set; } = Time;

    public string InstanceId { get; set; } = "instance-1";

    public static KeyValuePair<string, object?>[] Tags(params (string Key, object? Value)[] tags) =>
        [.. tags.Select(static tag => KeyValuePair.Create(tag.Key, tag.Value))];

    public MetricStorage Add(
        string name,
        MetricKind kind,
        bool isInteger = true,
        double[]? bounds = null,
        string description = "",
        string meter = "LlmMetrics")
    {
        var descriptor = new MetricDescriptor(_metrics.Count, name, kind, isInteger, bounds ?? [])
        {
            Description = description,
            MeterName = meter,
        };
        var diagnostics = new SelfDiagnostics(NullLogger.Instance, TimeProvider.System);
        var metric = new MetricStorage(descriptor, 20_000, diagnostics);
        _metrics.Add(metric);
        return metric;
    }

    public Snapshots Counter(string name, long value)
    {
        Add(name, MetricKind.Counter).Value([]).Add(value);
        return this;
    }

    public MetricsSnapshot Build()
    {
        var data = new SnapshotData { Timestamp = Timestamp, StartTime = Time.AddMinutes(-5) };
        foreach (var metric in _metrics)
        {
            data.Add(metric);
        }

        return new MetricsSnapshot(
            data,
            new MetricsResource(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["service.name"] = "test",
                ["service.instance.id"] = InstanceId,
            }));
    }
}
