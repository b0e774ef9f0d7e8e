using System.Runtime.InteropServices;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace LlmMetrics.Benchmarks.Recording;

/// <summary>
/// Shows that both sides update the same series by the same amounts: without that a ratio says nothing.
/// </summary>
internal static class BaselineCheck
{
    private const int Calls = 64 * 16;

    public static bool Run(IEnumerable<(string Name, RecordOne Record)> styles, TextWriter report)
    {
        var ours = OfOurs();
        Dictionary<string, Total>[] written = [.. styles.Select(static style => OfSdk(style.Record))];
        var same = written.All(totals => totals.Count == ours.Count);
        foreach (var (name, expected) in ours.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            var equal = Array.TrueForAll(written, totals => IsSame(expected, totals.GetValueOrDefault(name)));
            same &= equal;
            report.WriteLine($"{(equal ? "same" : "DIFFERENT")} {name}: {expected}, "
                + string.Join(", ", written.Select(totals => totals.GetValueOrDefault(name))));
        }

        return same;
    }

    private static bool IsSame(Total one, Total other) =>
        one.Series == other.Series && one.Tags == other.Tags && Math.Abs(one.Sum - other.Sum) <= 1e-9 * one.Sum;

    private static Dictionary<string, Total> OfOurs()
    {
        using var runtime = Ours.Create();
        var source = new CallSource(Strings.Fresh);
        for (var i = 0; i < Calls; i++)
        {
            Ours.Record(runtime, source.Next());
        }

        var totals = new Dictionary<string, Total>(StringComparer.Ordinal);
        foreach (var family in runtime.GetSnapshot().Families)
        {
            if (IsOfCalls(family.Descriptor.Name))
            {
                foreach (var series in family)
                {
                    Add(totals, family.Descriptor.Name, series.Value, series.Tags.Length);
                }
            }
        }

        return totals;
    }

    private static Dictionary<string, Total> OfSdk(RecordOne record)
    {
        var totals = new Dictionary<string, Total>(StringComparer.Ordinal);
        using var sdk = Sdk.CreateMeterProviderBuilder()
            .AddMeter(SdkInstruments.MeterName)
            .AddReader(new BaseExportingMetricReader(new TotalsExporter(totals)))
            .Build();
        var source = new CallSource(Strings.Fresh);
        for (var i = 0; i < Calls; i++)
        {
            record(source.Next());
        }

        sdk.ForceFlush();
        return totals;
    }

    /// <summary>What else is in the snapshot is the library's own, or read at collection.</summary>
    private static bool IsOfCalls(string name) =>
        name.StartsWith("gen_ai.", StringComparison.Ordinal)
        || (name.StartsWith("llm.", StringComparison.Ordinal)
            && !name.StartsWith("llm.price_data.", StringComparison.Ordinal));

    private static void Add(Dictionary<string, Total> totals, string name, double sum, int tags)
    {
        var total = totals.GetValueOrDefault(name);
        totals[name] = new Total(total.Series + 1, total.Tags + tags, total.Sum + sum);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Total(int Series, int Tags, double Sum);

    private sealed class TotalsExporter(Dictionary<string, Total> totals) : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch)
        {
            totals.Clear();
            foreach (var metric in batch)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    var sum = metric.MetricType switch
                    {
                        MetricType.Histogram => point.GetHistogramSum(),
                        MetricType.LongSum => point.GetSumLong(),
                        _ => point.GetSumDouble(),
                    };
                    Add(totals, metric.Name, sum, point.Tags.Count);
                }
            }

            return ExportResult.Success;
        }
    }
}
