using BenchmarkDotNet.Attributes;
using LlmMetrics.Benchmarks.Scraping;
using LlmMetrics.Format;

namespace LlmMetrics.Benchmarks.Files;

/// <summary>All metrics as JSON, without the disk: 10,000 series, half of them histograms of 14 buckets.</summary>
public class JsonBenchmarks
{
    private LlmMetricsRuntime _runtime = null!;
    private SnapshotJsonWriter _writer = null!;

    [Params(false, true)]
    public bool Indented { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _runtime = FilledRuntime.Create(metrics: 10, seriesOfEach: 500);
        _writer = CreateWriter(Indented);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _writer.Dispose();
        _runtime.Dispose();
    }

    [Benchmark]
    public void JsonOf10000Series()
    {
        using var snapshot = _runtime.LeaseSnapshot();
        _writer.Write(snapshot, Stream.Null, CancellationToken.None);
    }

    private static SnapshotJsonWriter CreateWriter(bool indented) => new(indented);
}
