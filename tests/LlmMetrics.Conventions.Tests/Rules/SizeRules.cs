using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmMetrics.Conventions.Tests;

/// <summary>How long files, lines and methods may be.</summary>
public static class SizeRules
{
    private const int MaxFileLines = 400;
    private const int MaxLineLength = 120;
    private const int MaxMethodLines = 60;

    public static IEnumerable<Rule> All =>
    [
        new Rule(
            "FileLength",
            Files,
            [new("src/P/A.cs", Repeat("//", MaxFileLines + 1)), new("tests/a.sh", Repeat("#", MaxFileLines + 1))],
            [new("src/P/A.cs", Repeat("//", MaxFileLines)), new("docs/a.md", Repeat("x", MaxFileLines + 1))]),
        new Rule(
            "LineLength",
            Lines,
            [new("src/P/A.cs", "//" + new string('x', MaxLineLength - 1) + "\n")],
            [new("src/P/A.cs", "//" + new string('x', MaxLineLength - 2) + "\n")]),
        new Rule(
            "MethodLength",
            Methods,
            [Method(MaxMethodLines - 2), new("tests/P/A.cs", $"class A {{ A()\n{{\n{Repeat(";", 60)}}}\n}}\n")],
            [Method(MaxMethodLines - 3)]),
    ];

    private static IEnumerable<string> Files(SourceFile file)
    {
        var count = file.IsCSharp || file.IsScript ? file.Lines.Count() : 0;
        return count > MaxFileLines ? [$"{file.Path}: {count} lines"] : [];
    }

    private static IEnumerable<string> Lines(SourceFile file) => file.IsCSharp || file.IsScript
        ? file.Lines
            .Select(static (line, index) => (line.Length, Number: index + 1))
            .Where(static line => line.Length > MaxLineLength)
            .Select(line => $"{file.Path}:{line.Number}: {line.Length} characters")
        : [];

    private static IEnumerable<string> Methods(SourceFile file) => file.IsCSharp
        ? file.Syntax.DescendantNodes()
            .Where(static node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax
                or LocalFunctionStatementSyntax or PropertyDeclarationSyntax { ExpressionBody: not null })
            .Select(static node => (Node: node, Lines: LinesOf(node)))
            .Where(static method => method.Lines > MaxMethodLines)
            .Select(method => file.At(method.Node, $"a method of {method.Lines} lines"))
        : [];

    // From the first attribute or modifier to the closing brace; the documentation above it doesn't count.
    private static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static SourceFile Method(int statements) => new(
        "src/P/A.cs",
        $"class A\n{{\n    /// <summary>M.</summary>\n    void M()\n{{\n{Repeat(";", statements)}}}\n}}\n");

    private static string Repeat(string line, int count) => string.Concat(Enumerable.Repeat(line + "\n", count));
}
