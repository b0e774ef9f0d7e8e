using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace LlmMetrics.Benchmarks.Recording;

/// <summary>Exports nothing: the reader aggregates all the same.</summary>
internal sealed class NullExporter : BaseExporter<Metric>
{
    public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
}
