using System.Xml.Linq;
using LlmMetrics.Testing;

namespace LlmMetrics.Conventions.Tests;

/// <summary>The projects under src, found rather than listed.</summary>
public static class Product
{
    /// <summary>Gets the names of all projects that become packages.</summary>
    public static IReadOnlyList<string> Packages { get; } = Names(static project =>
        !project.Descendants("IsPackable").Any(static element => element.Value == "false"));

    /// <summary>Gets the names of the projects whose assembly an app can reference.</summary>
    /// <remarks>The generator loads into the compiler and has no face of its own.</remarks>
    public static IReadOnlyList<string> Libraries { get; } = Names(static project =>
        !project.Descendants("TargetFramework").Any(static element => element.Value == "netstandard2.0"));

    private static string[] Names(Func<XDocument, bool> condition) =>
    [
        .. Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Where(file => condition(XDocument.Load(file)))
            .Select(static file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal),
    ];
}
