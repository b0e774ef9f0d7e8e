using LlmMetrics.Collection;
using LlmMetrics.Exposition;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmMetrics.Tests.Exposition;

/// <summary>
/// What a series costs, its encoded labels and its place in a snapshot included. Runs alone: it reads the whole
/// process's memory.
/// </summary>
[Collection(nameof(SeriesMemoryTests))]
public sealed class SeriesMemoryTests
{
    private const int Series = 50_000;

    private static readonly string[] _keys =
    [
        "gen_ai.request.model", "gen_ai.provider.name", "feature", "status", "tenant", "agent", "cache", "region",
    ];

    [Theory]
    [InlineData(4, false, 300)]
    [InlineData(4, true, 500)]
    [InlineData(8, false, 450)]
    [InlineData(8, true, 650)]
    public void Write_ManySeries_CostsNoMoreThanPromised(int tags, bool histogram, int limit)
    {
        // What tests before have left may be let go of meanwhile, so the middle one counts.
        double[] each = [Measure(tags, histogram), Measure(tags, histogram), Measure(tags, histogram)];

        Assert.InRange(each.Order().ElementAt(1), 100, limit);
    }

    /// <summary>Bytes per series.</summary>
    private static double Measure(int tags, bool histogram)
    {
        double[] bounds = [.. Enumerable.Range(0, 14).Select(i => (double)i)];
        string[] values = [.. Enumerable.Range(0, 50).Select(i => $"value-{i}")];
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var descriptor = new MetricDescriptor(
            0, "m", histogram ? MetricKind.Histogram : MetricKind.Counter, isInteger: true,
            histogram ? bounds : default);
        var storage = new MetricStorage(
            descriptor, int.MaxValue / 8, new SelfDiagnostics(NullLogger.Instance, TimeProvider.System));
        for (var i = 0; i < Series; i++)
        {
            storage.GetOrAdd(Tags(values, i, tags), 0, out _);
        }

        var data = new SnapshotData();
        data.Add(storage);
        using var snapshot = new MetricsSnapshot(data, new MetricsResource(new Dictionary<string, string>()));
        var writer = new PrometheusWriter(targetInfo: false, scopeLabels: false, new RecordingReport());
        var cursor = writer.Rent();
        cursor.Start(snapshot, ExpositionFormat.Text);
        while (cursor.WritePiece())
        {
            cursor.Clear();
        }

        writer.Return(cursor);
        var all = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(writer);
        GC.KeepAlive(storage);
        return all / (double)Series;
    }

    private static KeyValuePair<string, object?>[] Tags(string[] values, int number, int count)
    {
        var tags = new KeyValuePair<string, object?>[count];
        for (var i = 0; i < count; i++)
        {
            tags[i] = new(_keys[i], values[number % values.Length]);
            number /= values.Length;
        }

        return tags;
    }

    [CollectionDefinition(nameof(SeriesMemoryTests), DisableParallelization = true)]
    public sealed class Alone;
}
