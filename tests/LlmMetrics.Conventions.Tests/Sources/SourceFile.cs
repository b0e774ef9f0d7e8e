using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LlmMetrics.Conventions.Tests;

/// <summary>A file of the checkout, or an example that pretends to be one.</summary>
public sealed class SourceFile(string path, Func<string> read)
{
    private static readonly CSharpParseOptions _options = new(LanguageVersion.Preview);
    private readonly Lazy<string> _text = new(read);
    private SyntaxNode? _syntax;

    public SourceFile(string path, string text)
        : this(path, () => text)
    {
    }

    /// <summary>Gets the path from the root of the checkout, with forward slashes.</summary>
    public string Path { get; } = path;

    public string FileName => System.IO.Path.GetFileName(Path);

    public string Text => _text.Value;

    public IEnumerable<string> Lines => Text.TrimEnd('\n').Split('\n');

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsScript =>
        Path.EndsWith(".sh", StringComparison.Ordinal) || Path.EndsWith(".py", StringComparison.Ordinal);

    /// <summary>Gets a value indicating whether the file is part of a package.</summary>
    public bool IsProduct => IsCSharp && Path.StartsWith("src/", StringComparison.Ordinal);

    public SyntaxNode Syntax => _syntax ??= CSharpSyntaxTree.ParseText(Text, _options).GetRoot();

    public IEnumerable<T> Nodes<T>()
        where T : SyntaxNode => Syntax.DescendantNodes().OfType<T>();

    /// <summary>Describes a finding so that an editor can jump to it.</summary>
    public string At(SyntaxNode node, string what) =>
        $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {what}";

    public override string ToString() => Path;
}
