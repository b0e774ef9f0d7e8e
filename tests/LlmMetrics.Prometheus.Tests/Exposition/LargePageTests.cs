using System.Diagnostics;
using System.Globalization;
using LlmMetrics.Exposition;

namespace LlmMetrics.Tests.Exposition;

/// <summary>A page of 100,000 histograms is streamed: it takes no memory of its size, and little time.</summary>
public sealed class LargePageTests
{
    private const int Series = 100_000;
    private const int Bounds = 20;

    [Fact]
    public void WritePiece_HundredThousandHistograms_IsStreamedInTime()
    {
        var metrics = new TestMetrics();
        var storage = metrics.Add(
            "large", MetricKind.Histogram, bounds: [.. Enumerable.Range(1, Bounds).Select(static i => i / 10.0)]);
        for (var i = 0; i < Series; i++)
        {
            TestMetrics.Histogram(storage, ("id", i.ToString(CultureInfo.InvariantCulture)), ("model", "gpt"))
                .Record(i % 30 / 10.0);
        }

        var writer = metrics.Writer();
        using var snapshot = metrics.Snapshot();
        Scrape(writer, snapshot);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();

        var (bytes, widest) = Scrape(writer, snapshot);

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Assert.True(bytes > Series * Bounds * 40L, $"only {bytes} bytes");
        Assert.InRange(widest, 1, 128 * 1024);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 64 * 1024);

        // The promise is two seconds; other tests run beside on the same cores. What grows by the square takes hours.
        var limit = Environment.GetEnvironmentVariable("LLMMETRICS_LONG") == "1" ? 2 : 60;
        Assert.True(seconds < limit, $"{bytes >> 20} MiB took {seconds:0.0} s");
    }

    private static (long Bytes, int Widest) Scrape(PrometheusWriter writer, MetricsSnapshot snapshot)
    {
        var cursor = writer.Rent();
        cursor.Start(snapshot, ExpositionFormat.Text);
        var (bytes, widest, more) = (0L, 0, true);
        while (more)
        {
            more = cursor.WritePiece();
            bytes += cursor.Piece.Length;
            widest = Math.Max(widest, cursor.Piece.Length);
            cursor.Clear();
        }

        writer.Return(cursor);
        return (bytes, widest);
    }
}
