using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmMetrics.Conventions.Tests;

/// <summary>Constructs that the house style leaves out.</summary>
public static class SyntaxRules
{
    public static IEnumerable<Rule> All =>
    [
        Of("NoRegions", "#region", Directives(SyntaxKind.RegionDirectiveTrivia), "#region A\n#endregion", "// #region"),
        Of("NoConditionalCompilation", "#if", Directives(SyntaxKind.IfDirectiveTrivia), "#if DEBUG\n#endif", "// #if"),
        Of("NoThis", "this.", This, "class A { int x; int M() => this.x; }", "class A { A M() => this; }"),
        Of("NoAsyncVoid", "async void", AsyncVoid, "class A { async void M() { } }", "class A { void M() { } }"),
        Of(
            "NoBlockingOnTasks",
            "a blocking wait for a task",
            Blocking,
            "class A { int M() => LoadAsync().Result; }",
            "class A { int M(B b) => b.Result + b.Outcome.Result; }"),
        Of(
            "NoEmptyCatch",
            "an empty catch without a reason",
            EmptyCatch,
            "class A { void M() { try { } catch { } } }",
            "class A { void M() { try { } catch (B)\n{\n// Expected when the app stops.\n} } }"),
        Of(
            "NoUnexplainedTodo",
            "a TODO",
            Todo,
            "// TODO: later",
            "class Todo { }"),
    ];

    private static Rule Of(
        string name,
        string what,
        Func<SyntaxNode, IEnumerable<SyntaxNode>> find,
        string bad,
        string good) => new(
        name,
        file => file.IsCSharp ? find(file.Syntax).Select(node => file.At(node, what)) : [],
        [new SourceFile("src/P/A.cs", bad + "\n")],
        [new SourceFile("src/P/A.cs", good + "\n")]);

    private static Func<SyntaxNode, IEnumerable<SyntaxNode>> Directives(SyntaxKind kind) => root => root
        .DescendantNodes(static node => node.ContainsDirectives, descendIntoTrivia: true)
        .Where(node => node.IsKind(kind));

    private static IEnumerable<SyntaxNode> This(SyntaxNode root) => root.DescendantNodes()
        .Where(static node => node is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax });

    private static IEnumerable<SyntaxNode> AsyncVoid(SyntaxNode root) => root.DescendantNodes()
        .Where(static node => node switch
        {
            MethodDeclarationSyntax method => IsAsyncVoid(method.Modifiers, method.ReturnType),
            LocalFunctionStatementSyntax function => IsAsyncVoid(function.Modifiers, function.ReturnType),
            _ => false,
        });

    private static bool IsAsyncVoid(SyntaxTokenList modifiers, TypeSyntax type) =>
        modifiers.Any(SyntaxKind.AsyncKeyword)
        && type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };

    // Without types, a task is what an ...Async() call returns or what is named so; in src the banned-symbols
    // analyzer knows the types. GetAwaiter().GetResult() is left to reviewers: Dispose sometimes has no other way.
    private static IEnumerable<SyntaxNode> Blocking(SyntaxNode root) => root.DescendantNodes()
        .OfType<MemberAccessExpressionSyntax>()
        .Where(static access => access.Name.Identifier.Text is "Result" or "Wait" && IsTask(access.Expression));

    private static bool IsTask(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax call =>
            NameOf(call) is "Run" or "AsTask" || NameOf(call).EndsWith("Async", StringComparison.Ordinal),
        IdentifierNameSyntax name => name.Identifier.Text.EndsWith("Task", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static string NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        SimpleNameSyntax name => name.Identifier.Text,
        _ => "",
    };

    private static IEnumerable<SyntaxNode> EmptyCatch(SyntaxNode root) => root.DescendantNodes()
        .OfType<CatchClauseSyntax>()
        .Where(static clause => clause.Block.Statements.Count == 0
            && !clause.Block.DescendantTrivia().Any(static t => t.IsKind(SyntaxKind.SingleLineCommentTrivia)));

    private static IEnumerable<SyntaxNode> Todo(SyntaxNode root) => root.DescendantTrivia()
        .Where(static trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)
            && trivia.ToString().Contains("TODO", StringComparison.Ordinal))
        .Select(static trivia => trivia.Token.Parent!);
}
