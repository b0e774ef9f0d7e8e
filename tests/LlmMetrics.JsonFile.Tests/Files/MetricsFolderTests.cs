using Xunit;

namespace LlmMetrics.Files;

public sealed class MetricsFolderTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Create_NotPublished_LeavesNothing()
    {
        using (var file = Folder().Create(Snapshots.Time))
        {
            file.Stream.WriteByte(1);
            Assert.Equal(["metrics-20250215T143045123Z.json.tmp"], _temp.Names());
        }

        Assert.Empty(_temp.Names());
    }

    [Fact]
    public void Create_NameClaimedOrTaken_TakesNextMillisecond()
    {
        using var claimed = Folder().Create(Snapshots.Time);
        using var second = Folder().Create(Snapshots.Time);
        second.Publish();
        using var third = Folder().Create(Snapshots.Time);

        Assert.Equal("metrics-20250215T143045124Z.json", second.Name);
        Assert.Equal("metrics-20250215T143045125Z.json", third.Name);
        claimed.Publish();
        Assert.Equal(3, _temp.Names().Length);
    }

    [Fact]
    public void Create_NameOfADirectoryOrLink_IsLeftAlone()
    {
        Directory.CreateDirectory(_temp["metrics-20250215T143045123Z.json"]);
        File.CreateSymbolicLink(_temp["metrics-20250215T143045124Z.json"], _temp["nowhere"]);
        File.CreateSymbolicLink(_temp["metrics-20250215T143045125Z.json.tmp"], _temp["nowhere"]);

        using var file = Folder().Create(Snapshots.Time);
        file.Publish();

        Assert.Equal("metrics-20250215T143045126Z.json", file.Name);
        Assert.False(File.Exists(_temp["nowhere"]));
    }

    [SkippableFact]
    public void Create_OnUnix_IsForTheOwnerOnly()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no Unix file modes.");
        var folder = _temp["new"];
        using var file = new MetricsFolder(folder, MetricsFileName.Plain).Create(Snapshots.Time);
        file.Publish();

#pragma warning disable CA1416 // Skipped on Windows, which the analyzer cannot see.
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(folder));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(folder, file.Name)));
#pragma warning restore CA1416
    }

    [Fact]
    public void RemoveStale_KilledWritersFile_IsRemovedAndALivingOnesStays()
    {
        var stale = _temp["metrics-20200101T000000000Z.json.tmp"];
        File.WriteAllText(stale, "{");
        File.WriteAllText(_temp["notes.tmp"], "x");
        using var living = Folder().Create(Snapshots.Time);

        Folder().RemoveStale();

        Assert.Equal(["metrics-20250215T143045123Z.json.tmp", "notes.tmp"], _temp.Names());
        living.Publish();
        Assert.True(File.Exists(_temp["metrics-20250215T143045123Z.json"]));
    }

    [Fact]
    public void RemoveStale_NoFolder_DoesNothing() =>
        new MetricsFolder(_temp["missing"], MetricsFileName.Plain).RemoveStale();

    [Fact]
    public void Create_PathIsAFile_Throws()
    {
        File.WriteAllText(_temp["file"], "x");
        Assert.ThrowsAny<IOException>(
            () => new MetricsFolder(_temp["file"], MetricsFileName.Plain).Create(Snapshots.Time));
    }

    private MetricsFolder Folder() => new(_temp.Path, MetricsFileName.Plain);
}
