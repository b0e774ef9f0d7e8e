namespace LlmMetrics.Workload.Sources;

/// <summary>Which metrics a message names when the one that was looked for is missing.</summary>
internal static class Suggestions
{
    public const int Max = 12;

    private static readonly string[] _words = ["llm", "gen_ai", "token"];

    public static bool IsLikely(string name) =>
        _words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
        && !name.EndsWith("_bucket", StringComparison.Ordinal) && !name.EndsWith("_created", StringComparison.Ordinal);
}
