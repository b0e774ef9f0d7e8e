using System.IO.Enumeration;

namespace LlmMetrics.Files;

/// <summary>
/// Deletes our oldest files beyond the limits of age, number and size; never the newest. Only regular files whose name
/// parses as ours are counted or touched: no links, no folders, nothing empty.
/// </summary>
/// <remarks>
/// "Oldest" goes by the time in the name, except for files that were written here after the clock fell back: those rank
/// behind everything that was there before, or they would be deleted as soon as they are written.
/// </remarks>
internal sealed class Retention(string folder, TimeSpan maxAge, int maxFiles, long maxBytes)
{
    // A folder whose files cannot be deleted is not asked about every one of them each minute.
    private const int MaxFailures = 10;

    private static readonly EnumerationOptions _everything = new() { AttributesToSkip = FileAttributes.None };

    private readonly List<Entry> _files = [];
    private readonly Dictionary<Entry, long> _ranks = [];
    private long _latest;

    /// <summary>Takes note of a file that was just written.</summary>
    public void Written(string name)
    {
        if (!MetricsFileName.TryParse(name, out var time))
        {
            return;
        }

        var file = new Entry(time.UtcTicks, IsCompressed(name), 0);
        if (_latest == 0)
        {
            _latest = LatestBefore(file);
        }

        if (file.Ticks > _latest)
        {
            _latest = file.Ticks;
        }
        else
        {
            _ranks[file] = ++_latest;
        }
    }

    /// <summary>Applies the limits.</summary>
    /// <returns>How many files were deleted.</returns>
    public int Apply(DateTimeOffset now, CancellationToken cancellationToken)
    {
        Read();
        _files.Sort((left, right) => RankOf(left).CompareTo(RankOf(right)));
        var bytes = _files.Sum(static file => file.Length);
        var count = _files.Count;
        var failures = 0;
        for (var i = 0; i < _files.Count - 1 && failures < MaxFailures; i++)
        {
            var file = _files[i];
            if (count <= maxFiles && bytes <= maxBytes && now.UtcTicks - file.Ticks <= maxAge.Ticks)
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (!MetricsFolder.TryDelete(Path.Combine(folder, file.Name)))
            {
                failures++;
                continue;
            }

            _ranks.Remove(file);
            bytes -= file.Length;
            count--;
        }

        return _files.Count - count;
    }

    private static bool IsCompressed(ReadOnlySpan<char> name) =>
        name.EndsWith(MetricsFileName.Compressed, StringComparison.Ordinal);

    private long RankOf(Entry file) => _ranks.TryGetValue(file, out var rank) ? rank : file.Ticks;

    private long LatestBefore(Entry written)
    {
        Read();
        long latest = 0;
        foreach (var file in _files)
        {
            if (!file.Equals(written))
            {
                latest = Math.Max(latest, file.Ticks);
            }
        }

        return latest;
    }

    private void Read()
    {
        _files.Clear();
        var found = new FileSystemEnumerable<Entry>(folder, ToEntry, _everything) { ShouldIncludePredicate = IsOurs };
        foreach (var file in found)
        {
            _files.Add(file);
        }
    }

    // A file of ours is never empty, but a pipe or a device of that name is.
    private static bool IsOurs(ref FileSystemEntry entry) =>
        MetricsFileName.TryParse(entry.FileName, out _)
        && !entry.IsDirectory
        && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
        && entry.Length > 0;

    private static Entry ToEntry(ref FileSystemEntry entry) =>
        MetricsFileName.TryParse(entry.FileName, out var time)
            ? new Entry(time.UtcTicks, IsCompressed(entry.FileName), entry.Length)
            : default;

    /// <summary>One file. Its name is made when needed: a folder of ten thousand files costs no strings.</summary>
    private readonly record struct Entry(long Ticks, bool Compressed, long Length)
    {
        public string Name => MetricsFileName.Format(
            new DateTimeOffset(Ticks, TimeSpan.Zero),
            Compressed ? MetricsFileName.Compressed : MetricsFileName.Plain);

        public bool Equals(Entry other) => Ticks == other.Ticks && Compressed == other.Compressed;

        public override int GetHashCode() => HashCode.Combine(Ticks, Compressed);
    }
}
