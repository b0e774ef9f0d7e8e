using System.Xml.Linq;

namespace LlmMetrics.Conventions.Tests;

/// <summary>What the users of a NuGet package expect of it.</summary>
public static class PackageRules
{
    private const string Extensions = "Microsoft.Extensions.";

    private static readonly string[] _folders =
        ["lib/", "analyzers/", "build/", "buildTransitive/", "tools/", "_rels/", "package/"];

    // The dependencies that DESIGN grants beside the core; a package that is not here may have the core alone.
    private static readonly Dictionary<string, string[]> _dependencies = new(StringComparer.Ordinal)
    {
        ["LlmMetrics"] =
        [
            "OpenTelemetry.Api", Extensions + "DependencyInjection.Abstractions", Extensions + "Options",
            Extensions + "Options.ConfigurationExtensions", Extensions + "Options.DataAnnotations",
            Extensions + "Configuration.Abstractions", Extensions + "Logging.Abstractions", Extensions + "Http",
            Extensions + "Hosting.Abstractions", Extensions + "Diagnostics", Extensions + "Diagnostics.Abstractions",
            // The builder that health checks are added to is not in its abstractions.
            Extensions + "Diagnostics.HealthChecks", Extensions + "DependencyInjection",
        ],
        ["LlmMetrics.Otlp"] = ["OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol"],
        ["LlmMetrics.AI"] = [Extensions + "AI.Abstractions"],
        ["LlmMetrics.EntityFrameworkCore"] = ["Microsoft.EntityFrameworkCore.Relational"],
        // How instruments are called there is said in one place.
        ["LlmMetrics.Monitoring"] = ["LlmMetrics.Prometheus"],
        ["LlmMetrics.Tool"] = ["System.CommandLine", "Spectre.Console"],
    };

    /// <summary>Lists what is wrong with a package.</summary>
    /// <param name="nuspec">The text of its .nuspec.</param>
    /// <param name="entries">The paths in the package.</param>
    /// <param name="commit">The commit that the checkout is at, or null if that is unknown.</param>
    public static IEnumerable<string> Findings(string nuspec, IReadOnlyCollection<string> entries, string? commit)
    {
        var metadata = XDocument.Parse(nuspec).Root!.Elements().Single();
        var id = Text(metadata, "id");
        return Presentation(metadata, entries)
            .Concat(Origin(metadata, commit))
            .Concat(Dependencies(metadata, id))
            .Concat(Content(metadata, id, entries))
            .Select(finding => $"{id}: {finding}");
    }

    private static IEnumerable<string> Presentation(XElement metadata, IReadOnlyCollection<string> entries)
    {
        var license = Child(metadata, "license");
        if (license?.Attribute("type")?.Value != "expression" || license.Value != "MIT")
        {
            yield return "no licence expression MIT";
        }

        if (Text(metadata, "readme") != "README.md" || !entries.Contains("README.md"))
        {
            yield return "no README.md";
        }

        if (Text(metadata, "description") is "" or "Package Description")
        {
            yield return "no description";
        }

        foreach (var name in new[] { "authors", "tags", "copyright" }.Where(name => Text(metadata, name).Length == 0))
        {
            yield return $"no {name}";
        }
    }

    private static IEnumerable<string> Origin(XElement metadata, string? commit)
    {
        var repository = Child(metadata, "repository");
        if (commit is not null && repository?.Attribute("commit")?.Value != commit)
        {
            yield return $"not marked with commit {commit}";
        }

        if (commit is not null && repository?.Attribute("type")?.Value != "git")
        {
            yield return "no repository of type git";
        }
    }

    private static IEnumerable<string> Dependencies(XElement metadata, string id)
    {
        var allowed = _dependencies.GetValueOrDefault(id, []);
        var dependencies = metadata.Descendants().Where(static element => element.Name.LocalName == "dependency");
        foreach (var dependency in dependencies)
        {
            var name = dependency.Attribute("id")!.Value;
            var version = dependency.Attribute("version")?.Value ?? "";
            if (name != "LlmMetrics" && !allowed.Contains(name))
            {
                yield return $"an unexpected dependency on {name}";
            }

            // A plain version is a lower bound; brackets pin it and force conflicts on hosts.
            if (version.Length == 0 || version[0] is '[' or '(')
            {
                yield return $"{name} has the version range \"{version}\"";
            }
        }
    }

    private static IEnumerable<string> Content(XElement metadata, string id, IReadOnlyCollection<string> entries)
    {
        var isTool = metadata.Descendants()
            .Where(static element => element.Name.LocalName == "packageType")
            .Any(static element => element.Attribute("name")?.Value == "DotnetTool");
        if (!isTool && !entries.Contains($"lib/net10.0/{id}.dll"))
        {
            yield return "no assembly for net10.0";
        }

        if (!isTool && !entries.Contains($"lib/net10.0/{id}.xml"))
        {
            yield return "no XML documentation";
        }

        foreach (var entry in entries.Where(IsStray))
        {
            yield return $"a stray file {entry}";
        }
    }

    private static bool IsStray(string entry) => entry.Contains('/', StringComparison.Ordinal)
        ? !_folders.Any(folder => entry.StartsWith(folder, StringComparison.Ordinal))
        : entry is not ("README.md" or "LICENSE" or "THIRD-PARTY-NOTICES.md" or "icon.png" or "[Content_Types].xml")
            && !entry.EndsWith(".nuspec", StringComparison.Ordinal);

    private static XElement? Child(XElement metadata, string name) =>
        metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name);

    private static string Text(XElement metadata, string name) => Child(metadata, name)?.Value ?? "";
}
