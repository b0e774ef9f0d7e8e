namespace LlmMetrics.Pipeline;

/// <summary>
/// Lets OTLP take part in an export on demand. It has no use for the snapshot: the SDK aggregates for itself.
/// </summary>
internal sealed class FlushExporter(OtlpPipeline pipeline) : IMetricsExporter
{
    public ValueTask ExportAsync(MetricsSnapshot snapshot, CancellationToken cancellationToken) =>
        new(pipeline.FlushAsync(cancellationToken));
}
