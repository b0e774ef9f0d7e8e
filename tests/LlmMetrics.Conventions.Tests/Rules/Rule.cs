namespace LlmMetrics.Conventions.Tests;

/// <summary>A convention that is read off a file's text, with examples that prove that it can fail.</summary>
/// <param name="Name">What is asked for.</param>
/// <param name="Findings">Lists where a file breaks it.</param>
/// <param name="Bad">Examples that break it.</param>
/// <param name="Good">Examples that come close and don't.</param>
public sealed record Rule(
    string Name,
    Func<SourceFile, IEnumerable<string>> Findings,
    IReadOnlyList<SourceFile> Bad,
    IReadOnlyList<SourceFile> Good);
