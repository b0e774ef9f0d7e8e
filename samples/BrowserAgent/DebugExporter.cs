using System.Globalization;
using LlmMetrics;

namespace BrowserAgent;

/// <summary>With <c>DASH0_DEBUG=true</c>: writes down the figures that are sent. No header is among them.</summary>
public sealed class DebugExporter(ILogger<DebugExporter> logger) : IMetricsExporter
{
    /// <inheritdoc/>
    public ValueTask ExportAsync(MetricsSnapshot snapshot, CancellationToken cancellationToken)
    {
        foreach (var family in snapshot.Families)
        {
            var isHistogram = family.Descriptor.Kind == MetricKind.Histogram;
            var total = 0.0;
            foreach (var series in family)
            {
                total += isHistogram ? series.Count : series.Value;
            }

            logger.LogInformation(
                "[debug] {Name} = {Value}", family.Descriptor.Name, total.ToString("R", CultureInfo.InvariantCulture));
        }

        return ValueTask.CompletedTask;
    }
}
