using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Llm;

/// <summary>Compares examples in the documentation with code that is compiled and run.</summary>
internal static class DocsExample
{
    /// <summary>The block that has this text must stand in the file, line by line.</summary>
    public static void Verify(string page, string text, string source)
    {
        var block = Assert.Single(Blocks(Lines(page)), block => block.Contains(text, StringComparison.Ordinal));
        Assert.Contains(block, string.Join('\n', Lines(source)), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Blocks(List<string> lines)
    {
        for (var start = lines.IndexOf("```csharp"); start >= 0; start = lines.IndexOf("```csharp", start + 1))
        {
            yield return string.Join('\n', lines[(start + 1)..lines.IndexOf("```", start)]);
        }
    }

    private static List<string> Lines(string path) =>
        [.. File.ReadAllLines(Repository.PathOf(path)).Select(line => line.Trim())];
}
