using System.ComponentModel;

namespace LlmMetrics.Testing;

/// <summary>A namespace in which a program may mount what only it sees. Many containers allow none.</summary>
public static class MountNamespace
{
    /// <summary>Tries it.</summary>
    /// <param name="unshare">The program that makes the namespace.</param>
    /// <returns>Whether a file system can be mounted in one.</returns>
    public static async Task<bool> IsAllowedAsync(string unshare = "unshare")
    {
        try
        {
            var output = await ProgramRunner.RunAsync(
                unshare, ["--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/usr/share"]);
            return output.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such program: not Linux, or a very small one.
            return false;
        }
    }
}
