namespace LlmMetrics.Pipeline;

/// <summary>
/// Lets OTLP take part in an export on demand. It has no use for the snapshot: the SDK aggregates for itself.
/// </summary>
internal sealed class FlushExporter(OtlpPipeline pipeline) : IMetricsExporter
{
    // The SDK blocks its caller until the receiver has answered: a thread of its own, so that the app's pool has all of
    // its threads.
    public ValueTask ExportAsync(MetricsSnapshot snapshot, CancellationToken cancellationToken) => new(
        Task.Factory.StartNew(
            pipeline.Flush, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));
}
