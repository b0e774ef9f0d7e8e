using System.Diagnostics;
using System.Text.Json;
using LlmMetrics.Files;
using LlmMetrics.Testing;
using Xunit;

namespace LlmMetrics;

/// <summary>Writers in processes of their own: killed at random moments, in one folder, on a full disk.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private static int Kills => Environment.GetEnvironmentVariable("LLMMETRICS_LONG") == "1" ? 200 : 10;

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Kill_AtRandomMoments_LeavesNoTornFile()
    {
        File.WriteAllText(_temp["foreign.json"], "{");
        var sawTemporary = 0;
        var random = new Random(7);
        for (var kill = 0; kill < Kills || (sawTemporary == 0 && kill < 10 * Kills); kill++)
        {
            using var child = ChildProcess.Start(["write", _temp.Path]);
            Assert.Equal("started", await child.StandardOutput.ReadLineAsync());
            var stale = _temp.Names().Count(static name => MetricsFileName.IsTemporary(name));
            Assert.InRange(stale, 0, 1);
            await Task.Delay(random.Next(0, 40));
            child.Kill();
            await child.WaitForExitAsync();
            sawTemporary += _temp.Names().Count(static name => MetricsFileName.IsTemporary(name));
            AssertAllParse();
        }

        Assert.True(sawTemporary > 0, "No kill hit a file that was being written: the test shows nothing.");
        Assert.Contains("foreign.json", _temp.Names());
    }

    [Fact]
    public async Task ThreeProcesses_InOneFolder_HoldTheLimitTogether()
    {
        var children = Enumerable.Range(0, 3).Select(_ => ChildProcess.Start(["write", _temp.Path, "30"])).ToArray();
        foreach (var child in children)
        {
            Assert.Equal(string.Empty, await child.StandardError.ReadToEndAsync());
            await child.WaitForExitAsync();
            child.Dispose();
        }

        // Two that delete at the same moment may each take another file.
        Assert.InRange(_temp.Names().Length, 45, 50);
        AssertAllParse();
    }

    [SkippableFact]
    public async Task FullDisk_UntilThereIsRoom_LeavesNoPartialFileAndResumes()
    {
        Skip.IfNot(
            OperatingSystem.IsLinux() && await MountNamespace.IsAllowedAsync(),
            "A small file system cannot be mounted here.");
        using var child = ChildProcess.Start(
            ["full", _temp.Path],
            "unshare", "-rm", "sh", "-c", $"mount -t tmpfs -o size=1m none '{_temp.Path}' && exec \"$@\"", "sh");
        var output = await child.StandardOutput.ReadToEndAsync();
        var errors = await child.StandardError.ReadToEndAsync();
        await child.WaitForExitAsync();

        Assert.Equal(string.Empty, errors);
        Assert.Equal("full\nfailed\nfiles 0\nfailed\nfiles 0\nwritten\nfiles 1\n", output);
    }

    [SkippableFact]
    public async Task ReadOnlyDisk_UntilItIsRepaired_FailsAndResumes()
    {
        Skip.IfNot(
            OperatingSystem.IsLinux() && await MountNamespace.IsAllowedAsync(),
            "A small file system cannot be mounted here.");
        using var child = ChildProcess.Start(
            ["repair", _temp.Path, "mount", "-o", "remount,rw", _temp.Path],
            "unshare", "-rm", "sh", "-c", $"mount -t tmpfs -o ro none '{_temp.Path}' && exec \"$@\"", "sh");

        Assert.Equal("failed\nfailed\nwritten\n", await child.StandardOutput.ReadToEndAsync());
        Assert.Equal(string.Empty, await child.StandardError.ReadToEndAsync());
        await child.WaitForExitAsync();
    }

    [SkippableFact]
    public async Task ForbiddenFolder_UntilItIsRepaired_FailsAndResumes()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip.If(true, "Windows has no file modes.");
            return;
        }

        File.SetUnixFileMode(_temp.Path, UnixFileMode.None);
        string[] prefix = Environment.UserName == "root"
            ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
            : [];
        if (prefix.Length > 0)
        {
            File.SetUnixFileMode(_temp.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Chown(_temp.Path);
            Skip.IfNot(await CanRunAsync(prefix), "Root may write everywhere, and cannot become somebody else here.");
        }

        using var child = ChildProcess.Start(["repair", _temp.Path, "chmod", "700", _temp.Path], prefix);

        Assert.Equal("failed\nfailed\nwritten\n", await child.StandardOutput.ReadToEndAsync());
        Assert.Equal(string.Empty, await child.StandardError.ReadToEndAsync());
        await child.WaitForExitAsync();
    }

    private static void Chown(string path)
    {
        using var chown = Process.Start("chown", ["65534:65534", path]);
        chown.WaitForExit();
    }

    private static async Task<bool> CanRunAsync(string[] prefix)
    {
        try
        {
            using var child = ChildProcess.Start(["nothing"], prefix);
            await child.WaitForExitAsync();
            return child.ExitCode == ChildProcess.NotUnderstood;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private void AssertAllParse()
    {
        foreach (var name in _temp.Names().Where(static name => MetricsFileName.TryParse(name, out _)))
        {
            using var parsed = JsonDocument.Parse(File.ReadAllBytes(_temp[name]));
            Assert.Equal(2_000, parsed.RootElement.GetProperty("metrics").GetProperty("c")
                .GetProperty("series").GetArrayLength());
        }
    }
}
