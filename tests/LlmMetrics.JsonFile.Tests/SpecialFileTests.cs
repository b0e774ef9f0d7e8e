using System.Diagnostics;
using LlmMetrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace LlmMetrics;

/// <summary>Pipes, and folders full of what is not ours: nothing hangs, and nothing foreign is deleted.</summary>
public sealed class SpecialFileTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [SkippableFact]
    public async Task ExportAsync_FolderIsAPipe_FailsAtOnceAndResumes()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such pipes.");
        var folder = _temp["pipe"];
        MakePipe(folder);
        using var exporter = Create(folder);

        await Assert.ThrowsAnyAsync<IOException>(() => ExportAsync(exporter));
        File.Delete(folder);
        await ExportAsync(exporter);

        Assert.Single(Directory.GetFiles(folder));
    }

    [SkippableFact]
    public async Task ExportAsync_PipesNamedAsOurFiles_AreLeftAloneAndBlockNothing()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such pipes.");
        string[] pipes =
        [
            "metrics-20200101T000000000Z.json",
            "metrics-20200101T000000000Z.json.tmp",
            "metrics-20250215T143045123Z.json",
            "metrics-20250215T143045124Z.json.gz",
        ];
        Array.ForEach(pipes, name => MakePipe(_temp[name]));
        using var exporter = Create(_temp.Path, maxFiles: 1);

        await ExportAsync(exporter);
        await ExportAsync(exporter);

        Assert.Equal(
            [.. pipes, "metrics-20250215T143045125Z.json"], _temp.Names().Order(StringComparer.Ordinal));
    }

    [Fact]
    public Task ExportAsync_ManyForeignFiles_AreAllKept() => KeepAsync(2_000);

    [LongFact]
    public Task ExportAsync_TenThousandForeignFiles_AreAllKept() => KeepAsync(10_000);

    private static void MakePipe(string path)
    {
        using var mkfifo = Process.Start("mkfifo", [path]);
        mkfifo.WaitForExit();
        Assert.Equal(0, mkfifo.ExitCode);
    }

    private static async Task ExportAsync(JsonFileExporter exporter)
    {
        using var snapshot = new Snapshots().Counter("c", 1).Build();
        await exporter.ExportAsync(snapshot, CancellationToken.None).AsTask().WaitAsync(_patience);
    }

    private static JsonFileExporter Create(string folder, int maxFiles = 10) => new(
        new JsonFileOptions { Directory = folder, MaxFiles = maxFiles, MaxAge = TimeSpan.FromMinutes(1) },
        NullLogger<JsonFileExporter>.Instance);

    private async Task KeepAsync(int files)
    {
        string[] kinds =
        [
            "report-{0}.json", "metrics-{0}.json", "metrics-20200101T000000000Z({0}).json",
            "metrics-20200101T00000{0}X.json", "Metrics-20200101T000000000Z.json{0}", "{0}.tmp",
            "metrics-20200101T000000000Z.json.{0}.tmp", "metrics-20201301T000000000Z.json{0}",
        ];
        for (var i = 0; i < files; i++)
        {
            var name = string.Format(System.Globalization.CultureInfo.InvariantCulture, kinds[i % kinds.Length], i);
            await File.WriteAllTextAsync(_temp[name], "{}");
        }

        var before = _temp.Names();
        using var exporter = Create(_temp.Path, maxFiles: 1);
        for (var i = 0; i < 5; i++)
        {
            await ExportAsync(exporter);
        }

        Assert.Equal(files, before.Length);
        Assert.Equal(files + 1, _temp.Names().Length);
        Assert.Empty(before.Except(_temp.Names()));
    }
}
