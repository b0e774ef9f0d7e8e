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

    // Longer than any period: what is older is nobody's present.
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(62);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly string _path = Path.GetFullPath(path);

    /// <summary>Changes the state while no other process does. Written only if the change says so.</summary>
    /// <exception cref="IOException">The file cannot be read, locked or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Update(DateTimeOffset now, Func<List<BudgetEntry>, bool> change)
    {
        CreateFolder();
        using var held = Lock();
        var entries = Read();
        if (change(entries))
        {
            Write(entries.Where(entry => now - entry.Start < s_kept).Take(MaxEntries));
        }
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
                Thread.Sleep(s_pause);
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
