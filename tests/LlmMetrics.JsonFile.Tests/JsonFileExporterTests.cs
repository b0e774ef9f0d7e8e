using System.IO.Compression;
using System.Text.Json;
using LlmMetrics.Files;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace LlmMetrics;

public sealed class JsonFileExporterTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task ExportAsync_Twice_WritesTwoFiles()
    {
        using var exporter = Create();

        await ExportAsync(exporter, 1);
        await ExportAsync(exporter, 2);

        Assert.Equal(["metrics-20250215T143045123Z.json", "metrics-20250215T143045124Z.json"], _temp.Names());
        Assert.Equal([1, 2], _temp.Names().Select(name => ValueIn(File.ReadAllBytes(_temp[name]))));
    }

    [Fact]
    public async Task ExportAsync_Compressed_WritesGzip()
    {
        using var exporter = Create(static options => options.Compress = true);

        await ExportAsync(exporter, 5);

        var name = Assert.Single(_temp.Names());
        Assert.EndsWith("Z.json.gz", name, StringComparison.Ordinal);
        await using var gzip = new GZipStream(File.OpenRead(_temp[name]), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        await gzip.CopyToAsync(plain);
        Assert.Equal(5, ValueIn(plain.ToArray()));
    }

    [Fact]
    public async Task ExportAsync_MoreThanTheLimit_KeepsTheNewest()
    {
        using var exporter = Create(static options => options.MaxFiles = 2);
        for (var i = 1; i <= 5; i++)
        {
            await ExportAsync(exporter, i, TimeSpan.FromMinutes(i));
        }

        Assert.Equal([4, 5], _temp.Names().Select(name => ValueIn(File.ReadAllBytes(_temp[name]))));
    }

    [Fact]
    public async Task ExportAsync_FolderVanishes_IsMadeAnew()
    {
        using var exporter = Create();
        await ExportAsync(exporter, 1);
        Directory.Delete(_temp.Path, recursive: true);

        await ExportAsync(exporter, 2);

        Assert.Single(_temp.Names());
    }

    [Fact]
    public async Task ExportAsync_PathIsAFileForAWhile_ThrowsAndResumes()
    {
        var folder = _temp["blocked"];
        await File.WriteAllTextAsync(folder, "x");
        using var exporter = Create(options => options.Directory = folder);

        for (var i = 0; i < 5; i++)
        {
            await Assert.ThrowsAnyAsync<IOException>(async () => await ExportAsync(exporter, i));
        }

        File.Delete(folder);
        await ExportAsync(exporter, 6);
        await ExportAsync(exporter, 7);

        Assert.Equal(2, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public async Task ExportAsync_LeaseEndsOrCancelled_LeavesNoFile()
    {
        using var exporter = Create();
        var snapshot = new Snapshots().Counter("c", 1).Build();
        snapshot.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await exporter.ExportAsync(snapshot, CancellationToken.None));
        using var live = new Snapshots().Counter("c", 1).Build();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await exporter.ExportAsync(live, new CancellationToken(canceled: true)));

        Assert.Empty(_temp.Names());
    }

    [Fact]
    public async Task ExportAsync_TwoExportersInOneFolder_NeverShareAFile()
    {
        const int Each = 40;
        var writers = Enumerable.Range(1, 3).Select(number => Task.Run(async () =>
        {
            using var exporter = Create();
            for (var i = 0; i < Each; i++)
            {
                await ExportAsync(exporter, number);
            }
        }));
        await Task.WhenAll(writers);

        var values = _temp.Names().Select(name => ValueIn(File.ReadAllBytes(_temp[name]))).ToArray();

        Assert.Equal(3 * Each, values.Length);
        Assert.All(Enumerable.Range(1, 3), number => Assert.Equal(Each, values.Count(value => value == number)));
    }

    [Fact]
    public async Task ExportAsync_NeighboursStartAllTheTime_LosesNothing()
    {
        using var exporter = Create();
        using var stop = new CancellationTokenSource();
        var starting = Task.Run(() =>
        {
            var folder = new MetricsFolder(_temp.Path, MetricsFileName.Plain);
            while (!stop.IsCancellationRequested)
            {
                folder.RemoveStale();
            }
        });
        for (var i = 0; i < 100; i++)
        {
            await ExportAsync(exporter, i);
        }

        await stop.CancelAsync();
        await starting;
        Assert.Equal(100, _temp.Names().Length);
    }

    private static int ValueIn(byte[] json)
    {
        using var parsed = JsonDocument.Parse(json);
        return parsed.RootElement.GetProperty("metrics").GetProperty("c").GetProperty("value").GetInt32();
    }

    private static async Task ExportAsync(JsonFileExporter exporter, int value, TimeSpan later = default)
    {
        using var snapshot = new Snapshots { Timestamp = Snapshots.Time + later }.Counter("c", value).Build();
        await exporter.ExportAsync(snapshot, CancellationToken.None);
    }

    private JsonFileExporter Create(Action<JsonFileOptions>? configure = null)
    {
        var options = new JsonFileOptions { Directory = _temp.Path };
        configure?.Invoke(options);
        return new JsonFileExporter(options, NullLogger<JsonFileExporter>.Instance);
    }
}
