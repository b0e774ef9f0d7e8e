using System.Diagnostics;

namespace LlmMetrics.EndToEnd.Tests.Soak;

/// <summary>
/// A folder on a disk that is full at times: a small file system of its own where one can be mounted, else a folder in
/// whose place a file stands.
/// </summary>
internal sealed class FaultyDisk : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("faulty-disk");
    private readonly bool _isMounted;
    private readonly string _junk;

    public FaultyDisk()
    {
        _isMounted = OperatingSystem.IsLinux()
            && Run("mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "none", _root.FullName);
        Folder = Path.Combine(_root.FullName, "metrics");
        _junk = Path.Combine(_root.FullName, "junk");
    }

    public string Folder { get; }

    public bool IsFull { get; private set; }

    /// <summary>Fills the disk, or makes room.</summary>
    public void Toggle()
    {
        IsFull = !IsFull;
        if (_isMounted)
        {
            ToggleRoom();
        }
        else
        {
            ToggleFolder();
        }
    }

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", "-l", _root.FullName);
        }

        _root.Delete(recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false, RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private void ToggleRoom()
    {
        if (!IsFull)
        {
            File.Delete(_junk);
            return;
        }

        using var junk = new FileStream(_junk, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                junk.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // Now it is full.
        }
    }

    private void ToggleFolder()
    {
        if (IsFull)
        {
            Directory.CreateDirectory(Folder);
            Directory.Move(Folder, _junk);
            File.WriteAllText(Folder, string.Empty);
        }
        else
        {
            File.Delete(Folder);
            Directory.Move(_junk, Folder);
        }
    }
}
