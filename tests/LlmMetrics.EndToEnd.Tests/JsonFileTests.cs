using System.Text.Json;

namespace LlmMetrics.EndToEnd.Tests;

/// <summary>The Quickstart's JSON file holds what the snapshot holds.</summary>
public sealed class JsonFileTests(RunningQuickstart quickstart) : IClassFixture<RunningQuickstart>
{
    [Fact]
    public async Task Export_File_HasEveryCounterOfTheSnapshot()
    {
        Assert.True(await quickstart.Metrics.ExportAsync());

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(
            Directory.GetFiles(quickstart.Folder, "metrics-*.json").Max(StringComparer.Ordinal)!));
        var metrics = json.RootElement.GetProperty("metrics");
        var compared = 0;
        foreach (var family in quickstart.Metrics.GetSnapshot().Families)
        {
            if (family.Descriptor is { Kind: MetricKind.Counter, MeterName: LlmMetricsNames.Meter })
            {
                var metric = metrics.GetProperty(family.Descriptor.Name);
                Assert.Equal(family.Sum(static s => s.Value), metric.GetProperty("value").GetDouble(), 1e-9);
                Assert.Equal(family.Count, metric.GetProperty("series").GetArrayLength());
                compared++;
            }
        }

        Assert.True(compared >= 8, $"Only {compared} counters were there.");
    }

    [Fact]
    public async Task Export_Histograms_HaveTheSnapshotsBuckets()
    {
        Assert.True(await quickstart.Metrics.ExportAsync());

        var newest = Directory.GetFiles(quickstart.Folder, "metrics-*.json").Max(StringComparer.Ordinal)!;
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(newest));
        Assert.True(quickstart.Metrics.GetSnapshot().TryGetFamily("gen_ai.client.operation.duration", out var family));
        var metric = json.RootElement.GetProperty("metrics").GetProperty("gen_ai.client.operation.duration");

        Assert.Equal(family.Sum(static s => s.Count), metric.GetProperty("count").GetInt64());
        Assert.Equal(
            Enumerable.Range(0, family.Descriptor.Bounds.Length + 1)
                .Select(bucket => family.Sum(series => series.BucketCounts[bucket])),
            metric.GetProperty("buckets").EnumerateObject().Select(static bucket => bucket.Value.GetInt64()));
    }
}
