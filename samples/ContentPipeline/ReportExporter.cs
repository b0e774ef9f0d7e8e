using LlmMetrics;

namespace ContentPipeline;

/// <summary>An exporter of one's own: gets every metric at each export, here to say how many there are.</summary>
public sealed class ReportExporter : IMetricsExporter
{
    /// <inheritdoc/>
    public ValueTask ExportAsync(MetricsSnapshot snapshot, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var family in snapshot.Families)
        {
            count += family.Descriptor.MeterName == LlmMetricsNames.Meter ? 1 : 0;
        }

        Console.WriteLine($"Exporting {count} metrics");
        return ValueTask.CompletedTask;
    }
}
