using BenchmarkDotNet.Attributes;
using LlmMetrics.Exposition;

namespace LlmMetrics.Benchmarks.Scraping;

/// <summary>A page for Prometheus, without the web server: collection, formatting, and writes into nothing.</summary>
public class ScrapeBenchmarks
{
    private LlmMetricsRuntime _runtime = null!;
    private PrometheusWriter _writer = null!;
    private FormattingFloor _floor = null!;
    private MetricsSnapshot? _lease;

    /// <summary>Half of them counters, half of them histograms of 14 buckets.</summary>
    [Params(2_000, 100_000)]
    public int Series { get; set; }

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _runtime = FilledRuntime.Create(metrics: 10, Series / 20);
        _writer = new PrometheusWriter(targetInfo: true, scopeLabels: false, new QuietReport());
        using var page = new MemoryStream();
        using var snapshot = _runtime.LeaseSnapshot();
        await _writer.WriteAsync(snapshot, ExpositionFormat.Text, () => page, CancellationToken.None);
        _floor = new FormattingFloor(page.ToArray());
        if (_floor.Write() != page.Length || _floor.Samples < Series / 2 * 18)
        {
            throw new InvalidOperationException(
                $"The floor is not the page: {_floor.Samples} samples, {page.Length} bytes.");
        }
    }

    [GlobalCleanup]
    public void CleanUp() => _runtime.Dispose();

    [Benchmark(Baseline = true)]
    public long Floor() => _floor.Write();

    [Benchmark]
    public ValueTask Text() => ScrapeAsync(ExpositionFormat.Text);

    [Benchmark]
    public ValueTask OpenMetrics() => ScrapeAsync(ExpositionFormat.OpenMetrics);

    [Benchmark]
    public void CollectionAlone() => Lease().Dispose();

    /// <summary>The lease is used again, as the endpoint does.</summary>
    private MetricsSnapshot Lease() => _lease = _runtime.LeaseSnapshot(_lease);

    private async ValueTask ScrapeAsync(ExpositionFormat format)
    {
        using var snapshot = Lease();
        await _writer.WriteAsync(snapshot, format, static () => Stream.Null, CancellationToken.None);
    }
}
