namespace LlmMetrics;

/// <summary>Takes all metrics somewhere. Implement it, or give a delegate, to write an exporter of your own.</summary>
public interface IMetricsExporter
{
    /// <summary>
    /// Exports a snapshot. Called one at a time, at the exporter's interval, when an export is asked for, and at
    /// shutdown. What it throws is counted and logged; when it takes longer than its timeout its lease ends, and it
    /// is not called again before it has returned. Other exporters and the app are never delayed by it.
    /// </summary>
    /// <param name="snapshot">All metrics. Valid until the returned task ends; do not dispose it.</param>
    /// <param name="cancellationToken">Cancelled at the timeout.</param>
    /// <returns>A task that ends when the snapshot has been exported.</returns>
    ValueTask ExportAsync(MetricsSnapshot snapshot, CancellationToken cancellationToken);
}
