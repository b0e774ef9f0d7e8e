using System.Text.RegularExpressions;

namespace Samples.Tests.Acceptance;

/// <summary>A query of a document.</summary>
/// <param name="Documented">As it is written there.</param>
/// <param name="Working">The form that returns what it means, where the document's cannot match; else null.</param>
internal sealed partial record DocumentedQuery(string Documented, string? Working)
{
    /// <summary>The query without the comparison that makes it an alert: the figure itself.</summary>
    public string Figure => Comparison().Replace(Working ?? Documented, string.Empty);

    /// <summary>The calls of rate and increase in it.</summary>
    public IEnumerable<(string Function, string Selector, string Range)> Windows => Window().Matches(Documented)
        .Select(static m => (m.Groups["function"].Value, m.Groups["selector"].Value, m.Groups["range"].Value));

    [GeneratedRegex(@"\s(>|==) [\d.]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comparison();

    [GeneratedRegex(
        @"(?<function>rate|increase)\((?<selector>\w+(\{[^}]*\})?)\[(?<range>\w+)\]\)",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Window();
}
