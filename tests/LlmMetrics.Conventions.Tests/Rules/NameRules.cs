using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmMetrics.Conventions.Tests;

/// <summary>Names of tests, instruments and places.</summary>
public static partial class NameRules
{
    // Written in parts, or this file would break its own rule.
    private static readonly string[] _hosts =
    [
        "nuget" + ".org", "registry.npmjs" + ".org", "registry.yarnpkg" + ".com", "pypi" + ".org",
        "files.pythonhosted" + ".org", "deb.debian" + ".org", "security.debian" + ".org", "ftp.debian" + ".org",
        "archive.ubuntu" + ".com", "proxy.golang" + ".org", ".pkg" + ".dev/", "crates" + ".io/api",
    ];

    private static readonly string _siblings = ".." + "/shared";

    public static IEnumerable<Rule> All =>
    [
        new Rule(
            "TestsAreNamedMemberConditionResult",
            TestNames,
            [
                Test("class ATests { [Fact] public void Works() { } }"),
                Test("class ATests { [SkippableTheory] public void Add_two_Works() { } }"),
                Test("class ATests { [Xunit.FactAttribute] public void Add_A_B_C() { } }"),
                Test("class Some { [LongFact] public void Add_Two_IsSum() { } }"),
            ],
            [Test("class ATests { [Fact] public void Add_Two_IsSum() { } void helper() { } }")]),
        new Rule(
            "InstrumentNamesOnlyInDefinitions",
            InstrumentNames,
            [
                new("src/P/Llm/A.cs", "class A { string x = \"gen_ai." + "client.token.usage\"; }"),
                new("src/P/A.cs", "class A { string x = \"llm." + "calls\"; }"),
                new("src/P/A.cs", "class A { string M(int i) => $\"llm." + "calls.{i}\"; }"),
            ],
            [
                new("src/P/Profiles/A.cs", "class A { string x = \"llm." + "calls\"; }"),
                new("src/P/Tracing/SpanAttributeNames.cs", "class A { string x = \"gen_ai." + "system\"; }"),
                new("src/P/A.cs", "class A { string x = \"llm.\"; string y = \"See llm." + "calls\"; }"),
            ]),
        new Rule(
            "NoRegistryHosts",
            file => Mentions(file, _hosts),
            [new("nuget.config", $"<add value=\"https://{_hosts[0]}/v3\" />"), new("docs/a.md", _hosts[5])],
            [new("README.md", "https://prometheus.io/docs")]),
        new Rule(
            "NothingOutsideTheCheckout",
            file => Mentions(file, [_siblings]),
            [new("docs/a.md", $"see {_siblings}/DESIGN.md")],
            [new("docs/a.md", "a shared folder")]),
    ];

    private static IEnumerable<string> TestNames(SourceFile file) => file.IsCSharp
        ? file.Nodes<MethodDeclarationSyntax>()
            .Where(static method => method.AttributeLists
                .SelectMany(static list => list.Attributes)
                .Any(IsTestAttribute))
            .Where(static method => !TestName().IsMatch(method.Identifier.Text)
                || method.Parent is not TypeDeclarationSyntax type
                || !type.Identifier.Text.EndsWith("Tests", StringComparison.Ordinal))
            .Select(method => file.At(method, $"{method.Identifier.Text} in a class not named <Type>Tests, or itself "
                + "not named Member_Condition_Result"))
        : [];

    private static bool IsTestAttribute(AttributeSyntax attribute)
    {
        var name = attribute.Name.ToString().Split('.')[^1];
        name = name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;
        return name.EndsWith("Fact", StringComparison.Ordinal) || name.EndsWith("Theory", StringComparison.Ordinal);
    }

    // Definitions are the profiles and the files that hold nothing but constants of a convention.
    private static IEnumerable<string> InstrumentNames(SourceFile file)
    {
        if (!file.IsProduct
            || file.Path.Contains("/Profiles/", StringComparison.Ordinal)
            || file.FileName.EndsWith("Names.cs", StringComparison.Ordinal))
        {
            return [];
        }

        var literals = file.Nodes<LiteralExpressionSyntax>()
            .Select(static literal => (SyntaxNode: (SyntaxNode)literal, Text: literal.Token.ValueText));
        var parts = file.Nodes<InterpolatedStringTextSyntax>()
            .Select(static part => (SyntaxNode: (SyntaxNode)part, Text: part.TextToken.ValueText));
        return literals.Concat(parts)
            .Where(static literal => InstrumentName().IsMatch(literal.Text))
            .Select(literal => file.At(literal.SyntaxNode, $"\"{literal.Text}\" belongs into a definition"));
    }

    private static IEnumerable<string> Mentions(SourceFile file, string[] words) => words
        .Where(word => file.Text.Contains(word, StringComparison.OrdinalIgnoreCase))
        .Select(word => $"{file.Path}: mentions {word}");

    private static SourceFile Test(string text) => new("tests/P.Tests/ATests.cs", text);

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*_[A-Z0-9][A-Za-z0-9]*_[A-Z0-9][A-Za-z0-9]*$", RegexOptions.None, 1000)]
    private static partial Regex TestName();

    [GeneratedRegex(@"^(?:gen_ai|llm|llmmetrics)\.[a-z]", RegexOptions.None, 1000)]
    private static partial Regex InstrumentName();
}
