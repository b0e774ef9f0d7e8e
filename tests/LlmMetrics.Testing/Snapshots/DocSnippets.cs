using System.Text.RegularExpressions;
using Xunit;

namespace LlmMetrics.Testing;

/// <summary>What a page shows as code are regions of files that compile.</summary>
public static partial class DocSnippets
{
    /// <summary>The names of the regions that a page shows, in order.</summary>
    /// <param name="page">The text of the page.</param>
    public static IReadOnlyList<string> Shown(string page) =>
        [.. Block().Matches(page).Select(static match => match.Groups["name"].Value)];

    /// <summary>The names of the regions that a file has, in order.</summary>
    /// <param name="source">The text of the file.</param>
    public static IReadOnlyList<string> Regions(string source) =>
        [.. Begin().Matches(source).Select(static match => match.Groups["name"].Value)];

    /// <summary>The page with the code that the regions have now.</summary>
    /// <param name="page">The text of the page.</param>
    /// <exception cref="InvalidOperationException">There is no such region.</exception>
    public static string Fill(string page) => Block().Replace(page, static match =>
        match.Groups["head"].Value + Code(match.Groups["path"].Value, match.Groups["name"].Value) + "```");

    /// <summary>
    /// Fails unless a page shows these regions of a file, with the code that they have now;
    /// <c>LLMMETRICS_ACCEPT=1</c> writes it into the page instead.
    /// </summary>
    /// <param name="page">Path of the page in the repository.</param>
    /// <param name="source">Path of the file in the repository.</param>
    /// <param name="regions">The regions, in the order of the page; all of the file's if there are none.</param>
    public static void Verify(string page, string source, params ReadOnlySpan<string> regions)
    {
        var path = Repository.PathOf(page);
        var before = File.ReadAllText(path);
        var expected = regions.IsEmpty ? Regions(File.ReadAllText(Repository.PathOf(source))) : regions.ToArray();

        var after = Fill(before);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, Shown(before));
        if (Environment.GetEnvironmentVariable("LLMMETRICS_ACCEPT") == "1")
        {
            File.WriteAllText(path, after);
        }
        else
        {
            Assert.Equal(after, before);
        }
    }

    private static string Code(string path, string name)
    {
        var lines = File.ReadAllLines(Repository.PathOf(path))
            .SkipWhile(line => line.Trim() != $"// snippet:{name}")
            .Skip(1)
            .TakeWhile(static line => line.Trim() != "// end-snippet")
            .ToArray();
        if (lines.Length == 0)
        {
            throw new InvalidOperationException($"{path} has no region '{name}'.");
        }

        var indent = lines.Where(static line => line.Length > 0)
            .Min(static line => line.Length - line.TrimStart().Length);
        return string.Concat(lines.Select(line => (line.Length == 0 ? line : line[indent..]) + "\n"));
    }

    [GeneratedRegex(
        "(?<head><!-- snippet: (?<path>[^#]+)#(?<name>[^ ]+) -->\n```csharp\n)(?<code>.*?)```",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Block();

    [GeneratedRegex("// snippet:(?<name>[a-z-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Begin();
}
