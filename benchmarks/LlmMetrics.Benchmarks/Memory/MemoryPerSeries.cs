using System.Diagnostics;
using System.Globalization;
using LlmMetrics.Benchmarks.Scraping;
using LlmMetrics.Exposition;

namespace LlmMetrics.Benchmarks.Memory;

/// <summary>
/// What one more series keeps on the managed heap when it has been scraped: its cell, its tags, its place in the
/// tables, its encoded labels and its place in the buffers that snapshots are read into. The cache of bindings is told
/// apart, which is bounded and emptied before the measurement.
/// </summary>
internal static class MemoryPerSeries
{
    private const int Series = 50_000;
    private const int Bindings = 8_000;
    private const int HistogramWords = 16;

    private static readonly (string Name, int Counters, int Tags, int Bound)[] _cases =
    [
        ("counter, 4 tags", 1, 4, 300),
        ("histogram of 14 buckets, 4 tags", 0, 4, 500),
        ("counter, 8 tags", 1, 8, 450),
        ("histogram of 14 buckets, 8 tags", 0, 8, 650),
    ];

    /// <summary>Runs every case in a process of its own, because pools outlive what was rented from them.</summary>
    public static async Task RunAsync(string? single)
    {
        if (single is not null)
        {
            await MeasureAsync(int.Parse(single, CultureInfo.InvariantCulture));
            return;
        }

        for (var i = 0; i <= _cases.Length; i++)
        {
            var assembly = typeof(MemoryPerSeries).Assembly.Location;
            using var process = Process.Start("dotnet", [assembly, "memory", i.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
        }
    }

    private static async Task MeasureAsync(int number)
    {
        if (number == _cases.Length)
        {
            MeasureBindings();
            return;
        }

        // What the prices take is built beside at the start otherwise, and would count as the series'.
        PriceCatalogue.Embedded.Warm();
        var (name, counters, tags, bound) = _cases[number];
        var profile = FilledRuntime.ProfileOf(counters, 1 - counters, tags);
        using var runtime = FilledRuntime.Create(profile, combinations: 1);
        var writer = new PrometheusWriter(targetInfo: true, scopeLabels: false, new QuietReport());
        await ScrapeAsync(runtime, writer);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Series; i++)
        {
            runtime.Record(FilledRuntime.Call(i));
        }

        ForgetBindings(runtime);
        var recorded = PerSeries(GC.GetTotalMemory(forceFullCollection: true) - before);
        await ScrapeAsync(runtime, writer);
        var scraped = PerSeries(GC.GetTotalMemory(forceFullCollection: true) - before);
        var words = counters == 1 ? 1 : HistogramWords;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {scraped:F0} B per series (bound {bound}): {recorded:F0} B recorded, "
            + $"{scraped - recorded:F0} B of labels and snapshot ({words * sizeof(long)} B are its values)"));
        GC.KeepAlive(writer);
    }

    private static void MeasureBindings()
    {
        using var runtime = FilledRuntime.Create(MetricProfile.GenAi, Bindings);
        var with = GC.GetTotalMemory(forceFullCollection: true);
        ForgetBindings(runtime);
        var bytes = (with - GC.GetTotalMemory(forceFullCollection: true)) / (double)Bindings;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"binding of a call in the default profile: {bytes:F0} B, of at most 8,192"));
    }

    private static double PerSeries(long bytes) => bytes / (double)Series;

    private static async Task ScrapeAsync(LlmMetricsRuntime runtime, PrometheusWriter writer)
    {
        using var snapshot = runtime.LeaseSnapshot();
        await writer.WriteAsync(snapshot, ExpositionFormat.Text, static () => Stream.Null, CancellationToken.None);
    }

    /// <summary>Bindings know prices, so new prices drop them.</summary>
    private static void ForgetBindings(LlmMetricsRuntime runtime) => runtime.Pricing.Catalogue = PriceCatalogue.Empty;
}
