using System.Globalization;
using LlmMetrics;

namespace Quickstart;

/// <summary>An exporter of one's own: one line per export, to the error stream.</summary>
public sealed class SummaryExporter : IMetricsExporter
{
    /// <inheritdoc/>
    public async ValueTask ExportAsync(MetricsSnapshot snapshot, CancellationToken cancellationToken)
    {
        // What is not known has no series, and is not zero.
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"export: {Sum(snapshot, "llm.calls") ?? 0:N0} calls, "
            + $"{Text(Sum(snapshot, "llm.tokens", IsWhole), "N0")} tokens, "
            + $"{Text(Sum(snapshot, "llm.cost.usd"), "$0.0000")} cost");
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

    private static string Text(double? value, string format) =>
        value is null ? "no known" : value.Value.ToString(format, CultureInfo.InvariantCulture);

    private static double? Sum(MetricsSnapshot snapshot, string name, Func<MetricSeries, bool>? isWanted = null)
    {
        double? sum = null;
        if (snapshot.TryGetFamily(name, out var family))
        {
            foreach (var series in family)
            {
                if (isWanted is null || isWanted(series))
                {
                    sum = (sum ?? 0) + series.Value;
                }
            }
        }

        return sum;
    }
}
