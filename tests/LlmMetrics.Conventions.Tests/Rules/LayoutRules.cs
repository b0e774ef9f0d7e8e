using System.Xml.Linq;

namespace LlmMetrics.Conventions.Tests;

/// <summary>What stands where, and how big it may get.</summary>
public static class LayoutRules
{
    private const int MaxAdapterLines = 1500;
    private const int MinReadmeCharacters = 200;

    // Two formats, streamed in bounded pieces without allocating: a writer that can stop and go on anywhere is longer
    // than one that builds a page.
    private static readonly Dictionary<string, int> _ownLimits = new(StringComparer.Ordinal)
    {
        ["LlmMetrics.Prometheus"] = 2500,
    };

    private static readonly HashSet<string> _topLevel = new(StringComparer.Ordinal)
    {
        "src", "tests", "benchmarks", "samples", "docs", ".ci",
        "LlmMetrics.sln", "Directory.Packages.props", "Directory.Build.props", "BannedSymbols.txt", "nuget.config",
        "global.json", "LICENSE", "README.md", "CHANGELOG.md", "THIRD-PARTY-NOTICES.md",
        ".editorconfig", ".gitignore", ".gitattributes",
    };

    // The core and what is no adapter; everything else under src formats or forwards a snapshot.
    private static readonly string[] _notAdapters =
        ["LlmMetrics", "LlmMetrics.Generators", "LlmMetrics.Monitoring", "LlmMetrics.Tool", "LlmMetrics.Workload"];

    /// <summary>Lists entries of the top level that don't belong there.</summary>
    public static IEnumerable<string> TopLevel(IEnumerable<string> paths) => paths
        .Select(static path => path.Split('/')[0])
        .Distinct(StringComparer.Ordinal)
        .Where(static entry => !_topLevel.Contains(entry));

    /// <summary>Lists what a nuget.config says about feeds: the machine's own sources apply.</summary>
    public static IEnumerable<string> NugetConfig(string text)
    {
        var root = XDocument.Parse(text).Root!;
        return root.Descendants("clear").Select(static clear => $"<clear/> in <{clear.Parent!.Name}>")
            .Concat(root.Elements("packageSources").Elements("add").Select(static add => $"a feed: {add}"))
            .Concat(root.DescendantsAndSelf().Attributes()
                .Where(static attribute => attribute.Value.Contains("://", StringComparison.Ordinal))
                .Select(static attribute => $"an address: {attribute}"));
    }

    /// <summary>Lists packages that are not presented in a README of their own.</summary>
    public static IEnumerable<string> Readmes(IReadOnlyCollection<SourceFile> files)
    {
        var projects = files.Where(static file => file.Path.StartsWith("src/", StringComparison.Ordinal)
            && file.Path.EndsWith(".csproj", StringComparison.Ordinal));
        foreach (var project in projects)
        {
            var path = project.Path[..project.Path.LastIndexOf('/')] + "/README.md";
            var readme = files.FirstOrDefault(file => file.Path == path);
            if (readme is null || readme.Text.Length < MinReadmeCharacters)
            {
                yield return $"{path} says less than {MinReadmeCharacters} characters";
            }
        }
    }

    /// <summary>Lists adapters that are no longer thin.</summary>
    public static IEnumerable<string> AdapterSizes(IEnumerable<SourceFile> files) => files
        .Where(static file => file.IsProduct)
        .GroupBy(static file => file.Path.Split('/')[1])
        .Where(static package => !_notAdapters.Contains(package.Key))
        .Select(static package => (package.Key, Lines: package.Sum(static file => file.Lines.Count())))
        .Where(static package => package.Lines >= _ownLimits.GetValueOrDefault(package.Key, MaxAdapterLines))
        .Select(static package => $"{package.Key}: {package.Lines} lines");

    /// <summary>Lists projects that the solution doesn't build.</summary>
    public static IEnumerable<string> OutsideSolution(string solution, IEnumerable<string> paths) => paths
        .Where(static path => path.EndsWith(".csproj", StringComparison.Ordinal))
        .Where(path => !solution.Contains($"\"{path.Replace('/', '\\')}\"", StringComparison.Ordinal));
}
