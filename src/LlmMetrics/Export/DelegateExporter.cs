namespace LlmMetrics.Export;

/// <summary>An exporter that is a delegate.</summary>
internal sealed class DelegateExporter(Func<MetricsSnapshot, CancellationToken, ValueTask> export) : IMetricsExporter
{
    public ValueTask ExportAsync(MetricsSnapshot snapshot, CancellationToken cancellationToken) =>
        export(snapshot, cancellationToken);
}
