using System.IO.Compression;
using LlmMetrics.Testing;

namespace LlmMetrics.Conventions.Tests;

/// <summary>Packs what was built, once for all tests of a class.</summary>
public sealed class PackedProduct : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("packages-").FullName;

    /// <summary>Gets the commit of the checkout, or null without git.</summary>
    public string? Commit { get; private set; }

    /// <summary>Gets the address of the repository's remote, or null if it has none.</summary>
    public string? Remote { get; private set; }

    public async Task InitializeAsync()
    {
        Commit = await GitAsync("rev-parse", "HEAD");
        Remote = await GitAsync("remote", "get-url", "origin");
        var output = await ProgramRunner.RunAsync(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [
                "pack", Repository.PathOf("LlmMetrics.sln"), "--no-build", "-c", Repository.Configuration,
                $"-p:PackageOutputPath={_folder}", "-nodeReuse:false", "-m:1", "--tl:off", "-v", "quiet",
            ],
            environment: new Dictionary<string, string?>
            {
                // dotnet test leaves the paths of its own build engine to its children.
                ["MSBuildSDKsPath"] = null,
                ["MSBuildExtensionsPath"] = null,
                ["MSBUILD_EXE_PATH"] = null,
            },
            timeout: TimeSpan.FromMinutes(5));
        if (output.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet pack failed:\n{output.Output}{output.Error}");
        }
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Gets the names of the packages that were made.</summary>
    /// <param name="extension">nupkg or snupkg.</param>
    public IEnumerable<string> Ids(string extension) => Directory.GetFiles(_folder, "*." + extension)
        .Select(static file => ReadId(file))
        .Order(StringComparer.Ordinal);

    /// <summary>Opens a package.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="extension">nupkg or snupkg.</param>
    public ZipArchive Open(string id, string extension) => ZipFile.OpenRead(
        Directory.GetFiles(_folder, "*." + extension).Single(file => ReadId(file) == id));

    /// <summary>Reads the metadata of a package.</summary>
    /// <param name="package">The package.</param>
    public static string ReadNuspec(ZipArchive package)
    {
        ArgumentNullException.ThrowIfNull(package);
        var entry = package.Entries.Single(static e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    private static string ReadId(string file)
    {
        using var package = ZipFile.OpenRead(file);
        return Path.GetFileNameWithoutExtension(
            package.Entries.Single(static e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).FullName);
    }

    private static async Task<string?> GitAsync(params string[] arguments)
    {
        if (ExternalPrograms.Find("git") is not { } git || !Path.Exists(Repository.PathOf(".git")))
        {
            return null;
        }

        var output = await ProgramRunner.RunAsync(git, ["-c", "safe.directory=*", .. arguments]);
        return output.ExitCode == 0 ? output.Output.Trim() : null;
    }
}
