using System.Globalization;
using Xunit;

namespace LlmMetrics.Files;

public sealed class RetentionTests : IDisposable
{
    private static readonly DateTimeOffset _now = Snapshots.Time.AddTicks(-4567);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Apply_TooMany_DeletesOldest()
    {
        var names = WriteMinutes(10);

        var deleted = Create(maxFiles: 3).Apply(_now, CancellationToken.None);

        Assert.Equal(7, deleted);
        Assert.Equal(names[7..], _folder.Names());
    }

    [Fact]
    public void Apply_TooOld_DeletesThem()
    {
        var names = WriteMinutes(10);

        Create(maxAge: TimeSpan.FromMinutes(4)).Apply(_now, CancellationToken.None);

        Assert.Equal(names[5..], _folder.Names());
    }

    [Fact]
    public void Apply_TooLarge_DeletesOldestUntilItFits()
    {
        var names = WriteMinutes(10, size: 1_000);

        Create(maxBytes: 2_999).Apply(_now, CancellationToken.None);

        Assert.Equal(names[8..], _folder.Names());
    }

    [Fact]
    public void Apply_NewestAloneBeyondEveryLimit_IsKept()
    {
        var names = WriteMinutes(2, size: 1_000);

        Create(TimeSpan.FromTicks(1), 1, 10).Apply(_now.AddDays(1), CancellationToken.None);

        Assert.Equal(names[1..], _folder.Names());
    }

    [Fact]
    public void Apply_ForeignFilesAndLookAlikes_AreNeverTouched()
    {
        WriteMinutes(3);
        using var elsewhere = new TempFolder();
        var target = elsewhere["precious"];
        File.WriteAllText(target, "x");
        File.CreateSymbolicLink(_folder[Name(-500)], target);
        Directory.CreateDirectory(_folder[Name(-501)]);
        File.WriteAllText(_folder["metrics-20200101T000000000Z(1).json"], "x");
        File.WriteAllText(_folder["metrics-20200101T000000000Z.json.tmp"], "x");
        File.WriteAllText(_folder[Name(-502)], string.Empty);
        for (var i = 0; i < 10_000; i++)
        {
            File.WriteAllText(_folder[$"other-{i.ToString(CultureInfo.InvariantCulture)}.json"], "x");
        }

        var deleted = Create(TimeSpan.FromMinutes(1), 1, 1).Apply(_now, CancellationToken.None);

        Assert.Equal(2, deleted);
        Assert.Equal(10_006, _folder.Names().Length);
        Assert.True(File.Exists(target));
        Assert.NotNull(new FileInfo(_folder[Name(-500)]).LinkTarget);
    }

    [Fact]
    public void Apply_ClockFellBackADay_KeepsWhatIsWrittenSince()
    {
        var before = WriteMinutes(5);
        var retention = Create(maxFiles: 5);
        var after = new List<string>();
        for (var minute = 0; minute < 4; minute++)
        {
            var name = Write(-1440 + minute);
            after.Add(name);
            retention.Written(name);
            retention.Apply(_now.AddMinutes(-1440 + minute), CancellationToken.None);
        }

        Assert.Equal([.. after, before[4]], _folder.Names());
    }

    [Fact]
    public void Apply_ClockFellBack_DoesNotTakeTheFutureForOld()
    {
        var names = WriteMinutes(5);

        Create(maxAge: TimeSpan.FromMinutes(1)).Apply(_now.AddDays(-1), CancellationToken.None);

        Assert.Equal(names, _folder.Names());
    }

    [Fact]
    public void Apply_ClockLeaptAYear_KeepsTheNewest()
    {
        WriteMinutes(5);
        var retention = Create(maxAge: TimeSpan.FromDays(7));
        var name = Write(365 * 24 * 60);
        retention.Written(name);

        retention.Apply(_now.AddYears(1), CancellationToken.None);

        Assert.Equal([name], _folder.Names());
    }

    [Fact]
    public void Apply_AWeekOfMinutes_NeverExceedsALimitByMoreThanOne()
    {
        var retention = Create(TimeSpan.FromHours(2), 100, 50_000);
        for (var minute = 0; minute < 600; minute++)
        {
            retention.Written(Write(minute, size: minute < 300 ? 100 : 1_000));
            Assert.InRange(_folder.Names().Length, 1, 101);
            retention.Apply(_now.AddMinutes(minute), CancellationToken.None);
        }

        Assert.Equal(50, _folder.Names().Length);
    }

    [Fact]
    public void Apply_NoFolder_ThrowsWhatTheExporterExpects() =>
        Assert.Throws<DirectoryNotFoundException>(
            () => new Retention(_folder["missing"], TimeSpan.MaxValue, 1, 1).Apply(_now, CancellationToken.None));

    private static string Name(int minutes) =>
        MetricsFileName.Format(_now.AddMinutes(minutes), MetricsFileName.Plain);

    private Retention Create(TimeSpan? maxAge = null, int maxFiles = int.MaxValue, long maxBytes = long.MaxValue) =>
        new(_folder.Path, maxAge ?? TimeSpan.FromDays(3650), maxFiles, maxBytes);

    private string[] WriteMinutes(int count, int size = 10) =>
        [.. Enumerable.Range(1 - count, count).Select(minute => Write(minute, size))];

    private string Write(int minutes, int size = 10)
    {
        File.WriteAllBytes(_folder[Name(minutes)], new byte[size]);
        return Name(minutes);
    }
}
