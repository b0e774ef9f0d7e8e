using LlmMetrics.Collection;
using LlmMetrics.Exposition;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Exposition;

public sealed class ExpositionCursorTests
{
    private readonly TestMetrics _metrics = new();

    [Fact]
    public void WritePiece_EachKind_IsWrittenInBothFormats()
    {
        FillEveryKind();

        Snapshot.Verify(_metrics.Text(targetInfo: true), "text");
        Snapshot.Verify(_metrics.OpenMetrics(targetInfo: true), "openmetrics");
    }

    [Fact]
    public void WritePiece_HistogramWithoutTags_HasOnlyBoundLabel()
    {
        TestMetrics.Histogram(_metrics.Add("h", MetricKind.Histogram, bounds: [1])).Record(2);

        Assert.Contains("h_bucket{le=\"1.0\"} 0\nh_bucket{le=\"+Inf\"} 1\nh_sum 2\nh_count 1\n", _metrics.Text());
    }

    [Fact]
    public void WritePiece_NothingRecorded_IsLegal()
    {
        Assert.Equal(string.Empty, _metrics.Text());
        Assert.Equal("# EOF\n", _metrics.OpenMetrics());
    }

    [Theory]
    [InlineData(double.NaN, "g NaN\n")]
    [InlineData(double.PositiveInfinity, "g +Inf\n")]
    [InlineData(double.NegativeInfinity, "g -Inf\n")]
    [InlineData(1e300, "g 1E+300\n")]
    [InlineData(123456, "g 123456\n")]
    [InlineData(-0.0, "g 0\n")]
    public void WritePiece_GaugeValue_IsSpelledAsPrometheusReadsIt(double value, string expected)
    {
        TestMetrics.Series(_metrics.Add("g", MetricKind.Gauge, integer: false)).Set(value);

        Assert.EndsWith(expected, _metrics.Text());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void WritePiece_IllegalCounterValue_IsLeftOutAndReported(double value)
    {
        TestMetrics.Series(_metrics.Add("c", integer: false)).Set(value);

        Assert.Equal(string.Empty, _metrics.Text());
        Assert.Equal(1, _metrics.Report.IllegalValues);
    }

    [Fact]
    public void WritePiece_SumThatMayFall_IsLeftOutWithTheCount()
    {
        TestMetrics.Histogram(_metrics.Add("h", MetricKind.Histogram, bounds: [-1, 1])).Record(0);

        var text = _metrics.Text();

        Assert.Contains("h_bucket{le=\"-1.0\"} 0\n", text);
        Assert.DoesNotContain("_sum", text);
        Assert.DoesNotContain("_count", text);
    }

    [Fact]
    public void WritePiece_SameNameSameType_IsOneFamily()
    {
        TestMetrics.Series(_metrics.Add("a.b", meter: "One"), ("k", "1")).Add(1);
        TestMetrics.Series(_metrics.Add("z", meter: "One")).Add(1);
        TestMetrics.Series(_metrics.Add("a_b", meter: "Two"), ("k", "2")).Add(2);
        TestMetrics.Series(_metrics.Add("a-b", meter: "Three"), ("k", "1")).Add(3);

        Assert.Equal(
            "# TYPE a_b_total counter\na_b_total{k=\"1\"} 1\na_b_total{k=\"2\"} 2\n# TYPE z_total counter\nz_total 1\n",
            _metrics.Text());
        Assert.Equal(["a_b_total"], _metrics.Report.Duplicates);
    }

    [Fact]
    public void WritePiece_SameNameOtherType_IsLeftOutAndReportedOnce()
    {
        _metrics.Count("a", 1);
        TestMetrics.Series(_metrics.Add("a.total", MetricKind.Gauge)).Set(2);
        TestMetrics.Series(_metrics.Add("a", MetricKind.Gauge)).Set(2);
        TestMetrics.Histogram(_metrics.Add("h", MetricKind.Histogram, bounds: [1])).Record(1);
        TestMetrics.Series(_metrics.Add("h.count", MetricKind.Gauge)).Set(2);
        TestMetrics.Series(_metrics.Add("target.info", MetricKind.Gauge)).Set(2);
        var writer = _metrics.Writer(targetInfo: true);

        _metrics.Write(writer, ExpositionFormat.Text);
        var text = _metrics.Write(writer, ExpositionFormat.Text);

        Assert.Equal(["a_total", "a", "h_count", "target_info"], _metrics.Report.Conflicts);
        Assert.Equal(3, Lines(text).Count(line => line.StartsWith("# TYPE", StringComparison.Ordinal)));
    }

    [Fact]
    public void WritePiece_ScopeLabels_TellMetersApart()
    {
        TestMetrics.Series(_metrics.Add("a", meter: "One"), ("k", "1")).Add(1);
        TestMetrics.Series(_metrics.Add("a", meter: "Two"), ("k", "1"), ("otel.scope.name", "x")).Add(2);
        TestMetrics.Histogram(_metrics.Add("h", MetricKind.Histogram, bounds: [1], meter: "One")).Record(1);

        var text = _metrics.Text(scopeLabels: true);

        Assert.Contains("a_total{otel_scope_name=\"One\",k=\"1\"} 1\n", text);
        Assert.Contains("a_total{otel_scope_name=\"Two\",exported_otel_scope_name=\"x\",k=\"1\"} 2\n", text);
        Assert.Contains("h_bucket{otel_scope_name=\"One\",le=\"1.0\"} 1\n", text);
        Assert.Contains("h_sum{otel_scope_name=\"One\"} 1\n", text);
    }

    [Fact]
    public void WritePiece_NewMetricsAndSeries_AppearInTheNextScrape()
    {
        var writer = _metrics.Writer();
        var calls = _metrics.Add("b");
        TestMetrics.Series(calls, ("k", "1")).Add(1);
        _metrics.Write(writer, ExpositionFormat.Text);

        TestMetrics.Series(calls, ("k", "2")).Add(2);
        _metrics.Count("a", 3);

        Assert.Equal(
            "# TYPE a_total counter\na_total 3\n# TYPE b_total counter\nb_total{k=\"1\"} 1\nb_total{k=\"2\"} 2\n",
            _metrics.Write(writer, ExpositionFormat.Text));
    }

    [Fact]
    public void WritePiece_SeriesNotObserved_LeavesGapAndComesBack()
    {
        var storage = _metrics.Add("g", MetricKind.Gauge, observed: true);
        storage.Generation = 1;
        var first = TestMetrics.Series(storage, ("k", "1"));
        var second = TestMetrics.Series(storage, ("k", "2"));
        (first.ObservedIn, second.ObservedIn) = (0, 1);
        var writer = _metrics.Writer();

        var one = _metrics.Write(writer, ExpositionFormat.Text);
        first.ObservedIn = 1;
        var both = _metrics.Write(writer, ExpositionFormat.Text);

        Assert.Equal("# TYPE g gauge\ng{k=\"2\"} 0\n", one);
        Assert.Equal("# TYPE g gauge\ng{k=\"1\"} 0\ng{k=\"2\"} 0\n", both);
    }

    [Fact]
    public void WritePiece_ManySeries_IsCutIntoBoundedPieces()
    {
        double[] bounds = [.. Enumerable.Range(0, 2_000).Select(i => (double)i)];
        var storage = _metrics.Add("h", MetricKind.Histogram, bounds: bounds);
        for (var i = 0; i < 20; i++)
        {
            TestMetrics.Histogram(storage, ("k", new string('x', 200) + i)).Record(i);
        }

        using var snapshot = _metrics.Snapshot();
        var cursor = _metrics.Writer().Rent();
        cursor.Start(snapshot, ExpositionFormat.Text);
        var pieces = new List<byte[]>();
        bool more;
        do
        {
            more = cursor.WritePiece();
            pieces.Add(cursor.Piece.ToArray());
            cursor.Clear();
        }
        while (more);

        Assert.InRange(pieces.Max(piece => piece.Length), 32 * 1024, 64 * 1024);
        var lines = Lines(System.Text.Encoding.UTF8.GetString([.. pieces.SelectMany(piece => piece)]));
        Assert.Equal(1 + (20 * 2_003), lines.Length);
        Assert.Equal(20, lines.Count(line => line.Contains("le=\"+Inf\"} 1", StringComparison.Ordinal)));
        Assert.Equal(20, lines.Count(line => line.StartsWith("h_count", StringComparison.Ordinal)));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private void FillEveryKind()
    {
        var calls = _metrics.Add("calls", description: "Calls so \\ far.\nAll \"of\" them.");
        TestMetrics.Series(calls, ("type", "x"), ("model", "a\"b\\c\nd")).Add(9007199254740993);
        TestMetrics.Series(calls).Add(2);
        TestMetrics.Series(_metrics.Add("cost.usd", integer: false)).Add(0.1);
        var histogram = TestMetrics.Histogram(
            _metrics.Add("duration", MetricKind.Histogram, integer: false, bounds: [0.5, 1], unit: "s"),
            ("model", "m"));
        foreach (var value in new[] { 0.5, 0.75, 1, 10 })
        {
            histogram.Record(value);
        }

        histogram.Offer(TestMetrics.Exemplar(0.75));
        TestMetrics.Series(_metrics.Add("queue", MetricKind.UpDownCounter), ("q", 1)).Add(-3);
        TestMetrics.Series(_metrics.Add("load", MetricKind.Gauge, integer: false, unit: "1")).Set(-0.00001);
    }
}
