using System.Text.Json;
using LlmMetrics.Collection;

namespace LlmMetrics.Budgets;

/// <summary>
/// The state file: changed by one process at a time, which holds the lock file beside it, and replaced in one step, so
/// that a crash leaves the old state or the new one.
/// </summary>
internal sealed class BudgetFile(string path, SelfDiagnostics diagnostics)
{
    private const int MaxBytes = 16 << 20;
    private const int MaxEntries = 10_000;
    private const int LockAttempts = 100;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // What ended longer ago is nobody's present, however wrong a clock is.
    private static readonly TimeSpan _kept = TimeSpan.FromDays(2);
    private static readonly TimeSpan _longest = TimeSpan.FromDays(31);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    private readonly string _path = Path.GetFullPath(path);
    private bool _isTooSmall;

    /// <summary>
    /// Changes the state while no other process does. Written only if the change says so, without what is long over.
    /// </summary>
    /// <param name="now">The present.</param>
    /// <param name="change">The change.</param>
    /// <param name="endOf">The end of an entry's period; null if its budget is not one of this process.</param>
    /// <exception cref="IOException">The file cannot be read, locked or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Update(
        DateTimeOffset now, Func<List<BudgetEntry>, bool> change, Func<BudgetEntry, DateTimeOffset?>? endOf = null)
    {
        CreateFolder();
        using var held = Lock();
        var entries = Read();
        if (change(entries))
        {
            Write(Kept(entries, now, endOf ?? (static _ => null)));
        }
    }

    /// <summary>What the file has room for: first this process's present, then what began last.</summary>
    private List<BudgetEntry> Kept(
        List<BudgetEntry> entries, DateTimeOffset now, Func<BudgetEntry, DateTimeOffset?> endOf)
    {
        var recent = entries
            .Select(entry => (Entry: entry, End: endOf(entry)))
            .Where(item => (item.End ?? item.Entry.Start + _longest) >= now - _kept)
            .ToList();
        if (recent.Count > MaxEntries)
        {
            recent = [.. recent.OrderByDescending(item => item.End > now).ThenByDescending(item => item.Entry.Start)];
        }

        var lost = recent.Skip(MaxEntries).Count(item => (item.End ?? item.Entry.Start + _longest) > now);
        if (lost > 0 && !_isTooSmall)
        {
            diagnostics.Dropped(LossReason.BudgetState, lost);
        }

        _isTooSmall = lost > 0;
        return [.. recent.Take(MaxEntries).Select(static item => item.Entry)];
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    private FileStream Lock()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(_path + ".lock", Options(FileMode.OpenOrCreate));
            }
            catch (IOException) when (attempt < LockAttempts)
            {
                // Another process is changing the state, which takes it milliseconds.
                Thread.Sleep(_pause);
            }
        }
    }

    private List<BudgetEntry> Read()
    {
        if (!File.Exists(_path))
        {
            return [];
        }

        try
        {
            return new FileInfo(_path).Length <= MaxBytes
                ? BudgetJson.Read(File.ReadAllBytes(_path))
                : throw new JsonException("It is too long.");
        }
        catch (JsonException exception)
        {
            // Kept for whoever wants to know; what it said of the present period is lost.
            File.Move(_path, _path + ".corrupt", overwrite: true);
            diagnostics.Failed(LossReason.BudgetState, exception);
            return [];
        }
    }

    private void Write(IEnumerable<BudgetEntry> entries)
    {
        var temporary = _path + ".tmp";
        using (var stream = new FileStream(temporary, Options(FileMode.Create)))
        {
            using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
            {
                BudgetJson.Write(json, entries);
            }

            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
    }

    private void CreateFolder()
    {
        if (Path.GetDirectoryName(_path) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
        }
    }
}
