using System.Globalization;
using System.Text;
using LlmMetrics.Collection;
using LlmMetrics.Exposition;

namespace LlmMetrics.Tests.Exposition;

public sealed class PrometheusWriterTests
{
    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    public void Write_AnyCulture_GivesTheSameBytes(string culture)
    {
        var expected = Expose();
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture;
            Assert.Equal(expected, Expose());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            CultureInfo.CurrentUICulture = before;
        }

        static string Expose()
        {
            var metrics = new TestMetrics();
            TestMetrics.Series(metrics.Add("INITIALS.iI", MetricKind.Gauge, integer: false), ("d", 1.5), ("i", -12345))
                .Set(-1234.5);
            var histogram = metrics.Add("h", MetricKind.Histogram, bounds: [-1.5, 0.25, 1e9], unit: "MINIMI");
            TestMetrics.Histogram(histogram, ("date", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc))).Record(0.1);
            TestMetrics.Histogram(histogram).Offer(TestMetrics.Exemplar(0.125));
            return metrics.Text(targetInfo: true) + metrics.OpenMetrics(targetInfo: true);
        }
    }

    [Theory]
    [InlineData(ExpositionFormat.Text)]
    [InlineData(ExpositionFormat.OpenMetrics)]
    internal void Write_SteadyState_AllocatesNothing(ExpositionFormat format)
    {
        var metrics = Large(series: 200);
        var writer = metrics.Writer(targetInfo: true);
        using var snapshot = metrics.Snapshot();
        long total = 0;
        for (var i = 0; i < 3; i++)
        {
            total = Scrape(writer, snapshot, format);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var again = Scrape(writer, snapshot, format);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(total, again);
        Assert.True(total > 500_000);
    }

    [Fact]
    public async Task WriteAsync_ManyScrapesWhileSeriesAreAdded_EachIsWhole()
    {
        var metrics = new TestMetrics();
        var counters = metrics.Add("c");
        var histograms = metrics.Add("h", MetricKind.Histogram, bounds: [1, 2, 3]);
        using var stop = new CancellationTokenSource();
        var recording = Task.Run(() =>
        {
            for (var i = 0; !stop.IsCancellationRequested && i < 1_500; i++)
            {
                TestMetrics.Series(counters, ("k", $"value {i}")).Add(1);
                TestMetrics.Histogram(histograms, ("k", $"value {i}")).Record(i % 5);
            }
        });
        var writer = metrics.Writer();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                using var snapshot = metrics.Snapshot();
                using var body = new MemoryStream();
                await writer.WriteAsync(snapshot, ExpositionFormat.OpenMetrics, () => body, default);
                Check(Encoding.UTF8.GetString(body.ToArray()));
            }
        })));
        await stop.CancelAsync();
        await recording;

        Assert.Empty(metrics.Report.Duplicates);
    }

    [Fact]
    public async Task WriteAsync_StreamThatFails_LeavesTheWriterUsable()
    {
        var metrics = Large(series: 100);
        var writer = metrics.Writer();
        var expected = metrics.Bytes(writer, ExpositionFormat.Text);
        for (var i = 0; i < 10; i++)
        {
            using var snapshot = metrics.Snapshot();
            await Assert.ThrowsAsync<IOException>(async () => await writer.WriteAsync(
                snapshot, ExpositionFormat.Text, () => throw new IOException("gone"), default));
        }

        Assert.Equal(expected, metrics.Bytes(writer, ExpositionFormat.Text));
    }

    internal static TestMetrics Large(int series)
    {
        var metrics = new TestMetrics();
        var counters = metrics.Add("calls", unit: "{call}", description: "Calls.");
        var costs = metrics.Add("cost", integer: false);
        var bounds = Enumerable.Range(0, 14).Select(i => 0.01 * (1 << i)).ToArray();
        var histograms = metrics.Add("duration", MetricKind.Histogram, bounds: bounds, unit: "s");
        for (var i = 0; i < series; i++)
        {
            (string, object?)[] tags =
            [
                ("gen_ai.operation.name", "chat"), ("gen_ai.provider.name", "openai"),
                ("gen_ai.request.model", $"model-{i}"), ("server.address", "api.openai.com"),
            ];
            TestMetrics.Series(counters, tags).Add(i);
            TestMetrics.Series(costs, tags).Add(i / 7.0);
            var histogram = TestMetrics.Histogram(histograms, tags);
            histogram.Record(i / 3.0);
            histogram.Offer(TestMetrics.Exemplar(i / 3.0));
        }

        return metrics;
    }

    private static long Scrape(PrometheusWriter writer, MetricsSnapshot snapshot, ExpositionFormat format)
    {
        var cursor = writer.Rent();
        cursor.Start(snapshot, format);
        long total = 0;
        bool more;
        do
        {
            more = cursor.WritePiece();
            total += cursor.Piece.Length;
            cursor.Clear();
        }
        while (more);
        writer.Return(cursor);
        return total;
    }

    private static void Check(string text)
    {
        Assert.EndsWith("# EOF\n", text);
        var lines = text.Split('\n').Where(line => line.Length > 0 && line[0] != '#');
        var samples = lines.Select(SampleLine.Parse).ToList();
        Assert.Equal(samples.Count, samples.Select(s => s.Name + string.Join('|', s.Labels)).Distinct().Count());
        Assert.Equal(
            samples.Count(s => s.Name == "h_count"),
            samples.Count(s => s.Name == "h_bucket" && s.Labels.Any(l => l.Value == "+Inf")));
    }
}
