using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DemoKit;

/// <summary>Where a PostgreSQL server's programs are, and how to start them.</summary>
internal sealed class PostgresPrograms
{
    private const string Nobody = "65534";

    private readonly string _folder;

    private PostgresPrograms(string folder) => _folder = folder;

    /// <summary>Looks in the tools of this checkout, where distributions put them, and on the PATH.</summary>
    /// <param name="only">The one folder to look in instead; null for all these.</param>
    public static PostgresPrograms? Find(string? only)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var found = (only is null ? Folders() : [only]).FirstOrDefault(static bin =>
            File.Exists(Path.Combine(bin, "postgres")) && File.Exists(Path.Combine(bin, "initdb")));
        return found is null ? null : new PostgresPrograms(Path.GetFullPath(found));
    }

    private static IEnumerable<string> Folders()
    {
        var tools = Environment.GetEnvironmentVariable("LLMMETRICS_TOOLS") is { Length: > 0 } folder
            ? folder
            : Path.Combine(AppContext.BaseDirectory, "../../../../../.tools");
        return new[] { Path.Combine(tools, "postgresql/usr/lib/postgresql"), "/usr/lib/postgresql" }
            .Where(Directory.Exists)
            .SelectMany(Directory.GetDirectories)
            .Select(static version => Path.Combine(version, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':'));
    }

    /// <summary>How to start one of them.</summary>
    public ProcessStartInfo StartInfo(string name, IEnumerable<string> arguments, string workingFolder)
    {
        var program = Path.Combine(_folder, name);

        // PostgreSQL refuses to run as root.
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo(
                "setpriv", ["--reuid=" + Nobody, "--regid=" + Nobody, "--clear-groups", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = workingFolder;
        start.Environment["LD_LIBRARY_PATH"] = Libraries();
        start.Environment["LC_ALL"] = "C";
        start.Environment["HOME"] = "/nonexistent";
        return start;
    }

    /// <summary>Libraries that were fetched with the server; null for the system's.</summary>
    private string? Libraries()
    {
        var root = Path.GetFullPath(Path.Combine(_folder, "../../../../.."));
        var libraries = Path.Combine(root, "usr/lib", RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.Arm64 => "aarch64-linux-gnu",
            _ => "x86_64-linux-gnu",
        });
        return root != "/" && Directory.Exists(libraries) ? libraries : null;
    }
}
