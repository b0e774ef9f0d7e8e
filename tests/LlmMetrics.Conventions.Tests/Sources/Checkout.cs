using LlmMetrics.Testing;

namespace LlmMetrics.Conventions.Tests;

/// <summary>The files under version control, with those that are about to be added.</summary>
public static class Checkout
{
    private static readonly string[] _binary =
        [".png", ".ico", ".gz", ".br", ".woff2", ".zip", ".nupkg", ".snupkg", ".dll", ".pb", ".bin"];

    private static readonly string[] _generated = ["bin", "obj", "artifacts", "node_modules", "TestResults"];

    private static readonly Lazy<Task<IReadOnlyList<SourceFile>>> _files = new(ReadAsync);

    /// <summary>Lists the text files.</summary>
    public static Task<IReadOnlyList<SourceFile>> FilesAsync() => _files.Value;

    private static async Task<IReadOnlyList<SourceFile>> ReadAsync()
    {
        IEnumerable<string> paths = await ListByGitAsync() ?? ListFolder(Repository.Root);
        return
        [
            .. paths
                .Where(static path => !_binary.Contains(Path.GetExtension(path)))
                .Where(static path => File.Exists(Repository.PathOf(path)))
                .Order(StringComparer.Ordinal)
                .Select(static path => new SourceFile(path, () => File.ReadAllText(Repository.PathOf(path)))),
        ];
    }

    private static async Task<string[]?> ListByGitAsync()
    {
        if (ExternalPrograms.Find("git") is not { } git || !Path.Exists(Repository.PathOf(".git")))
        {
            return null;
        }

        var output = await ProgramRunner.RunAsync(
            git,
            ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        return output.ExitCode == 0 ? output.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries) : null;
    }

    // A downloaded archive has no git; what builds leave behind is left out by name.
    private static IEnumerable<string> ListFolder(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
        }

        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            var name = Path.GetFileName(child);
            if (_generated.Contains(name) || (name.StartsWith('.') && name != ".ci"))
            {
                continue;
            }

            foreach (var file in ListFolder(child))
            {
                yield return file;
            }
        }
    }
}
