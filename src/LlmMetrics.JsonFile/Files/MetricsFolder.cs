namespace LlmMetrics.Files;

/// <summary>
/// The folder of the files. Whoever creates <c>name.tmp</c> owns <c>name</c>, so several exporters and processes can
/// share a folder: none overwrites what another wrote.
/// </summary>
internal sealed class MetricsFolder(string path, string extension)
{
    // More writers than this within as many milliseconds is not a case but a fault.
    private const int MaxAttempts = 1000;

    // What "file exists" and "file is locked" look like. Asking for the file instead is too late: its owner may have
    // finished it. Locked is one that a process that starts is just looking at.
    private static readonly HashSet<int> _taken = OperatingSystem.IsWindows()
        ? [unchecked((int)0x80070050), unchecked((int)0x80070020)]
        : OperatingSystem.IsMacOS() ? [17, 35] : [17, 11];

    private const UnixFileMode OwnerOnlyFolder =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStreamOptions _create = CreateOptions();

    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>Starts a file named after a time; a later millisecond is taken where that name is in use.</summary>
    public PendingFile Create(DateTimeOffset time)
    {
        CreateFolder();
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var final = Path.Combine(FullPath, MetricsFileName.Format(time.AddMilliseconds(attempt), extension));
            if (TryClaim(final) is { } pending)
            {
                return pending;
            }
        }

        throw new IOException($"No free file name was found in '{FullPath}'.");
    }

    /// <summary>Removes what writers that were killed left behind. Files that a living writer has open stay.</summary>
    public void RemoveStale()
    {
        if (!Directory.Exists(FullPath))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(FullPath, "*" + MetricsFileName.Temporary))
        {
            if (MetricsFileName.IsTemporary(Path.GetFileName(file.AsSpan())) && IsAbandoned(file))
            {
                TryDelete(file);
            }
        }
    }

    /// <summary>Deletes a file if that is possible. One that stays is met again by the next retention run.</summary>
    public static bool TryDelete(string file)
    {
        try
        {
            File.Delete(file);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static FileStreamOptions CreateOptions()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private PendingFile? TryClaim(string final)
    {
        var temporary = final + MetricsFileName.Temporary;
        FileStream stream;
        try
        {
            stream = new FileStream(temporary, _create);
        }
        catch (IOException exception) when (_taken.Contains(exception.HResult))
        {
            return null;
        }

        var pending = new PendingFile(stream, temporary, final);
        if (!Path.Exists(final))
        {
            return pending;
        }

        // Another writer finished a file of this name before the claim.
        pending.Dispose();
        return null;
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(FullPath);
        }
        else
        {
            Directory.CreateDirectory(FullPath, OwnerOnlyFolder);
        }
    }

    private static bool IsAbandoned(string file)
    {
        try
        {
            var info = new FileInfo(file);
            if (info.LinkTarget is not null)
            {
                return false;
            }

            // A writer holds a shared lock, which an exclusive one cannot join.
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

            // A pipe of that name is not ours.
            return stream.CanSeek;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
