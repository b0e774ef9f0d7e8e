using System.Globalization;
using LlmMetrics;

namespace Quickstart;

/// <summary>An exporter of one's own: one line per export, to the error stream.</summary>
public sealed class SummaryExporter : IMetricsExporter
{
    /// <inheritdoc/>
    public async ValueTask ExportAsync(MetricsSnapshot snapshot, CancellationToken cancellationToken)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"export: {Sum(snapshot, "llm.calls"):N0} calls, {Sum(snapshot, "llm.tokens", IsWhole):N0} tokens,"
            + $" ${Sum(snapshot, "llm.cost.usd"):0.0000}");
        await Console.Error.WriteLineAsync(line.AsMemory(), cancellationToken);
    }

    /// <summary>Cached and reasoning tokens are parts of the input and the output.</summary>
    private static bool IsWhole(MetricSeries series)
    {
        foreach (var tag in series.Tags)
        {
            if (tag is { Key: "type", Value: not ("input" or "output") })
            {
                return false;
            }
        }

        return true;
    }

    private static double Sum(MetricsSnapshot snapshot, string name, Func<MetricSeries, bool>? isWanted = null)
    {
        var sum = 0.0;
        if (snapshot.TryGetFamily(name, out var family))
        {
            foreach (var series in family)
            {
                sum += isWanted is null || isWanted(series) ? series.Value : 0;
            }
        }

        return sum;
    }
}
