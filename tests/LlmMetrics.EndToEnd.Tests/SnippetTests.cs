using System.Text.RegularExpressions;
using LlmMetrics.Testing;

namespace LlmMetrics.EndToEnd.Tests;

/// <summary>What the pages show as code is code that compiles.</summary>
public sealed partial class SnippetTests
{
    [Fact]
    public void Readme_EverySnippet_IsTheCodeOfTheSample()
    {
        var shown = Shown().Matches(File.ReadAllText(Repository.PathOf("README.md")));

        Assert.Equal(3, shown.Count);
        Assert.All(shown, static match => Assert.Equal(
            Region(match.Groups["path"].Value, match.Groups["name"].Value), match.Groups["code"].Value));
    }

    [GeneratedRegex(
        "<!-- snippet: (?<path>[^#]+)#(?<name>[^ ]+) -->\n```csharp\n(?<code>.*?)\n```",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Shown();

    private static string Region(string path, string name)
    {
        var lines = File.ReadAllLines(Repository.PathOf(path))
            .SkipWhile(line => line.Trim() != $"// snippet:{name}")
            .Skip(1)
            .TakeWhile(static line => line.Trim() != "// end-snippet")
            .ToArray();
        Assert.NotEmpty(lines);
        var indent = lines.Where(static line => line.Length > 0)
            .Min(static line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[indent..]));
    }
}
