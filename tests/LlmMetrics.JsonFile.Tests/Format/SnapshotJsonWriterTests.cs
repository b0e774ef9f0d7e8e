using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmMetrics.Collection;
using Xunit;

namespace LlmMetrics.Format;

public sealed class SnapshotJsonWriterTests
{
    private const string Documented =
        """
        {
          "timestamp": "2025-02-15T14:30:45.123456",
          "schema_version": 1,
          "instance_id": "instance-1",
          "start_time": "2025-02-15T14:25:45.123456",
          "metrics": {
            "agent.pdf_analyzer.calls": {
              "name": "agent.pdf_analyzer.calls",
              "type": "counter",
              "description": "Nombre total d'appels à l'agent PDF Analyzer",
              "value": 42,
              "timestamp": 1739629845.123456
            },
            "agent.pdf_analyzer.processing_time": {
              "name": "agent.pdf_analyzer.processing_time",
              "type": "histogram",
              "description": "Temps de traitement pour l'agent PDF Analyzer (secondes)",
              "buckets": {
                "0.1": 2,
                "0.5": 2,
                "1.0": 0,
                "2.0": 1,
                "+Inf": 1
              },
              "sum": 9.4,
              "count": 6,
              "series": [
                {
                  "tags": {
                    "cache": "hit"
                  },
                  "buckets": {
                    "0.1": 2,
                    "0.5": 1,
                    "1.0": 0,
                    "2.0": 0,
                    "+Inf": 0
                  },
                  "sum": 0.4,
                  "count": 3
                },
                {
                  "tags": {
                    "cache": "miss"
                  },
                  "buckets": {
                    "0.1": 0,
                    "0.5": 1,
                    "1.0": 0,
                    "2.0": 1,
                    "+Inf": 1
                  },
                  "sum": 9,
                  "count": 3
                }
              ],
              "timestamp": 1739629845.123456
            }
          }
        }
        """;

    [Fact]
    public void Write_DocumentedExample_GivesDocumentedShape()
    {
        var snapshots = new Snapshots();
        snapshots.Add(
            "agent.pdf_analyzer.calls",
            MetricKind.Counter,
            description: "Nombre total d'appels à l'agent PDF Analyzer").Value([]).Add(42);
        var times = snapshots.Add(
            "agent.pdf_analyzer.processing_time",
            MetricKind.Histogram,
            isInteger: false,
            [0.1, 0.5, 1, 2],
            "Temps de traitement pour l'agent PDF Analyzer (secondes)");
        Record(times, [("cache", "hit")], 0.05, 0.1, 0.25);
        Record(times, [("cache", "miss")], 0.5, 1.5, 7);

        Assert.Equal(
            Documented,
            Write(snapshots, indented: true));
    }

    [Fact]
    public void Write_GaugeWithTags_HasOnlySeries()
    {
        var snapshots = new Snapshots();
        var gauge = snapshots.Add("llm.budget.spent.usd", MetricKind.Gauge, isInteger: false);
        gauge.Value(Snapshots.Tags(("tenant", "acme"))).Set(1.5);
        gauge.Value(Snapshots.Tags(("tenant", "globex"))).Set(2.5);

        var metric = Metric(snapshots, "llm.budget.spent.usd");

        Assert.Null(metric["value"]);
        Assert.Equal("gauge", (string?)metric["type"]);
        Assert.Equal(
            """[{"tags":{"tenant":"acme"},"value":1.5},{"tags":{"tenant":"globex"},"value":2.5}]""",
            metric["series"]!.ToJsonString());
    }

    [Fact]
    public void Write_GaugeWithoutTags_HasValueAndNoSeries()
    {
        var snapshots = new Snapshots();
        snapshots.Add("queue", MetricKind.Gauge).Value([]).Set(7L);

        var metric = Metric(snapshots, "queue");

        Assert.Equal(7, (int?)metric["value"]);
        Assert.Null(metric["series"]);
    }

    [Fact]
    public void Write_UpDownCounterWithAndWithoutTags_KeepsBothInSeries()
    {
        var snapshots = new Snapshots();
        var active = snapshots.Add("llm.calls.active", MetricKind.UpDownCounter);
        active.Value([]).Add(3);
        active.Value(Snapshots.Tags(("m", "x"))).Add(-1);

        var metric = Metric(snapshots, "llm.calls.active");

        Assert.Equal("updowncounter", (string?)metric["type"]);
        Assert.Equal(2, (int?)metric["value"]);
        Assert.Equal("""[{"tags":{},"value":3},{"tags":{"m":"x"},"value":-1}]""", metric["series"]!.ToJsonString());
    }

    [Fact]
    public void Write_IntegersBeyondDoubles_KeepAllDigits()
    {
        var snapshots = new Snapshots();
        var counter = snapshots.Add("big", MetricKind.Counter);
        counter.Value(Snapshots.Tags(("t", "a"))).Add(9_007_199_254_740_993);
        counter.Value(Snapshots.Tags(("t", "b"))).Add(long.MaxValue);

        var text = Write(snapshots);

        Assert.Contains("\"value\":9007199254740993}", text, StringComparison.Ordinal);
        Assert.Contains("\"value\":9223372036854775807}", text, StringComparison.Ordinal);
        Assert.Contains("\"value\":9232379236109516800,", text, StringComparison.Ordinal);
        using var parsed = JsonDocument.Parse(text);
    }

    [Theory]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(double.PositiveInfinity, "\"+Inf\"")]
    [InlineData(double.NegativeInfinity, "\"-Inf\"")]
    [InlineData(1e300, "1E+300")]
    [InlineData(double.Epsilon, "5E-324")]
    public void Write_UnusualDoubles_StayValidJson(double value, string expected)
    {
        var snapshots = new Snapshots();
        snapshots.Add("odd", MetricKind.Gauge, isInteger: false).Value([]).Set(value);

        var text = Write(snapshots);

        Assert.Contains($"\"value\":{expected},", text, StringComparison.Ordinal);
        using var parsed = JsonDocument.Parse(text);
    }

    [Fact]
    public void Write_HostileText_IsValidJsonAndUtf8()
    {
        var snapshots = new Snapshots();
        var hostile = "\"\\\n\r\0\u2028\u202e</script>😀" + '\ud800' + new string('x', 100_000);
        var metric = snapshots.Add("name\ud800\"", MetricKind.Counter, description: hostile);
        metric.Value(Snapshots.Tags((hostile, hostile), ("k", "first"), ("k", "last"))).Add(1);

        var bytes = WriteBytes(snapshots);

        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        using var parsed = JsonDocument.Parse(text);
        var written = parsed.RootElement.GetProperty("metrics").GetProperty("name\ufffd\"");
        Assert.Equal(hostile.Replace('\ud800', '\ufffd'), written.GetProperty("description").GetString());
        var tags = written.GetProperty("series")[0].GetProperty("tags");
        Assert.Equal("last", tags.GetProperty("k").GetString());
        Assert.Equal(2, tags.EnumerateObject().Count());
    }

    [Fact]
    public void Write_TagValuesOfForeignInstruments_KeepTheirType()
    {
        var snapshots = new Snapshots();
        snapshots.Add("foreign", MetricKind.Counter).Value(Snapshots.Tags(
            ("status", 200),
            ("flag", true),
            ("none", null),
            ("ratio", 0.1f),
            ("nan", double.NaN),
            ("big", ulong.MaxValue),
            ("other", new Uri("http://a/")))).Add(1);

        Assert.Equal(
            """
            {"status":200,"flag":true,"none":null,"ratio":0.1,"nan":"NaN","big":18446744073709551615,
            """ + "\"other\":\"http://a/\"}",
            Metric(snapshots, "foreign")["series"]![0]!["tags"]!.ToJsonString());
    }

    [Fact]
    public void Write_SameNameFromTwoMeters_KeepsBothUnderStableKeys()
    {
        using var writer = new SnapshotJsonWriter(indented: false);
        var snapshots = new Snapshots();
        snapshots.Add("requests", MetricKind.Counter, meter: "A").Value([]).Add(1);
        var late = snapshots.Add("requests", MetricKind.Counter, meter: "B");
        snapshots.Add("requests", MetricKind.Counter, meter: "B").Value([]).Add(3);

        var first = Metrics(WriteBytes(snapshots, writer));
        late.Value([]).Add(2);
        var second = Metrics(WriteBytes(snapshots, writer));

        Assert.Equal(["requests", "requests (B)"], first.Select(static pair => pair.Key));
        Assert.Equal(3, (int?)second["requests (B)"]!["value"]);
        Assert.Equal(2, (int?)second["requests (B 2)"]!["value"]);
        Assert.Equal("requests", (string?)second["requests (B)"]!["name"]);
        Assert.Equal("B", (string?)second["requests (B)"]!["meter"]);
        Assert.Null(second["requests"]!["meter"]);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    [InlineData("tr-TR")]
    public void Write_AnyCulture_GivesTheSameBytes(string culture)
    {
        var snapshots = new Snapshots();
        Record(snapshots.Add("t", MetricKind.Histogram, false, [0.1, 1500]), [("status", 2.5)], 0.25, 1e9);
        var expected = WriteBytes(snapshots);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(expected, WriteBytes(snapshots));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Write_TenThousandSeriesAgain_AllocatesNextToNothingAndStreams()
    {
        var snapshots = new Snapshots();
        var counter = snapshots.Add("c", MetricKind.Counter);
        double[] bounds = [.. Enumerable.Range(1, 14).Select(static i => i * 0.1)];
        var histogram = snapshots.Add("h", MetricKind.Histogram, false, bounds);
        for (var i = 0; i < 5_000; i++)
        {
            var id = i.ToString(CultureInfo.InvariantCulture);
            counter.Value(Snapshots.Tags(("model", "gpt-" + id), ("status", "ok"))).Add(i);
            Record(histogram, [("model", "gpt-" + id), ("status", "ok")], 0.45);
        }

        using var writer = new SnapshotJsonWriter(indented: false);
        using var snapshot = snapshots.Build();
        var stream = new WidestWriteStream();
        writer.Write(snapshot, stream, CancellationToken.None);

        var before = GC.GetAllocatedBytesForCurrentThread();
        writer.Write(snapshot, stream, CancellationToken.None);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(allocated < 4_096, $"{allocated} bytes were allocated.");
        Assert.InRange(stream.WidestWrite, 1, 64 * 1024);
        Assert.True(stream.Total > 2_000_000, $"{stream.Total} bytes were written.");
    }

    [Fact]
    public void Write_Cancelled_Throws()
    {
        var snapshots = new Snapshots();
        var counter = snapshots.Add("c", MetricKind.Counter);
        for (var i = 0; i < 2_000; i++)
        {
            counter.Value(Snapshots.Tags(("id", i))).Add(1);
        }

        using var writer = new SnapshotJsonWriter(indented: false);
        using var snapshot = snapshots.Build();

        Assert.Throws<OperationCanceledException>(
            () => writer.Write(snapshot, Stream.Null, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1, "1.0")]
    [InlineData(-5, "-5.0")]
    [InlineData(67_108_864, "67108864.0")]
    [InlineData(1e-7, "1e-07")]
    [InlineData(1e22, "1e+22")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    public void BoundText_AnyBound_IsDocumentedForm(double bound, string expected) =>
        Assert.Equal(expected, JsonNames.BoundText(bound));

    private static void Record(MetricStorage metric, (string Key, object? Value)[] tags, params double[] values)
    {
        var series = (HistogramSeries)metric.GetOrAdd(Snapshots.Tags(tags), 0, out _);
        foreach (var value in values)
        {
            series.Record(value);
        }
    }

    private static JsonNode Metric(Snapshots snapshots, string name) => Metrics(WriteBytes(snapshots))[name]!;

    private static JsonObject Metrics(byte[] json) => JsonNode.Parse(json)!["metrics"]!.AsObject();

    private static string Write(Snapshots snapshots, bool indented = false) =>
        Encoding.UTF8.GetString(WriteBytes(snapshots, new SnapshotJsonWriter(indented)));

    private static byte[] WriteBytes(Snapshots snapshots, SnapshotJsonWriter? writer = null)
    {
        using var stream = new MemoryStream();
        using var snapshot = snapshots.Build();
        (writer ?? new SnapshotJsonWriter(indented: false)).Write(snapshot, stream, CancellationToken.None);
        return stream.ToArray();
    }
}
