using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmMetrics.Conventions.Tests;

/// <summary>How types of the packages are declared.</summary>
public static class TypeRules
{
    public static IEnumerable<Rule> All =>
    [
        new Rule(
            "OnePublicTypePerFile",
            PublicTypes,
            [
                new("src/P/A.cs", "public class A { } public enum B { }"),
                new("src/P/B.cs", "namespace P; public class A { }"),
                new("src/P/A.cs", "public delegate void D();"),
            ],
            [
                new("src/P/A.cs", "public class A { public enum B { } } internal class C { }"),
                new("src/P/A.Parts.cs", "public partial class A { }"),
                new("tests/P/A.cs", "public class A { } public class B { }"),
            ]),
        new Rule(
            "PublicClassesAreSealed",
            Unsealed,
            [new("src/P/A.cs", "public class A { }"), new("src/P/A.cs", "public record A;")],
            [
                new("src/P/A.cs", "public sealed class A { }"),
                new("src/P/A.cs", "public static class A { }"),
                new("src/P/A.cs", "public abstract class A { }"),
                new("src/P/A.cs", "public sealed partial class A { }"),
            ]),
        new Rule(
            "NoPublicMutableStatics",
            MutableStatics,
            [
                new("src/P/A.cs", "public sealed class A { public static int X; }"),
                new("src/P/A.cs", "public sealed class A { public static int X { get; set; } }"),
            ],
            [
                new("src/P/A.cs", "public sealed class A { public static int X { get; } public const int Y = 1; }"),
                new("src/P/A.cs", "internal sealed class A { public static int X; }"),
                new("src/P/A.cs", "public sealed class A { public static readonly int X = 1; }"),
            ]),
    ];

    private static IEnumerable<string> PublicTypes(SourceFile file)
    {
        var types = file.IsProduct ? TopLevel(file).Where(static type => IsPublic(type.Modifiers)).ToList() : [];
        var first = file.FileName.Split('.')[0];
        return types.Skip(1).Select(type => file.At(type, "another public type in one file"))
            .Concat(types.Take(1).Where(type => NameOf(type) != first)
                .Select(type => file.At(type, $"{NameOf(type)} is not named like its file")));
    }

    private static IEnumerable<string> Unsealed(SourceFile file) => file.IsProduct
        ? file.Nodes<TypeDeclarationSyntax>()
            .Where(static type => type is ClassDeclarationSyntax or RecordDeclarationSyntax
                && !type.IsKind(SyntaxKind.RecordStructDeclaration)
                && IsPublic(type.Modifiers)
                && !type.Modifiers.Any(static word => word.Kind() is SyntaxKind.SealedKeyword
                    or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword))

            // One part of a partial class says it for all; which one is the author's choice.
            .Where(static type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))
            .Select(type => file.At(type, $"{type.Identifier.Text} could be sealed"))
        : [];

    private static IEnumerable<string> MutableStatics(SourceFile file) => file.IsProduct
        ? file.Nodes<MemberDeclarationSyntax>()
            .Where(static member => IsPublic(member.Modifiers)
                && member.Modifiers.Any(SyntaxKind.StaticKeyword)
                && member.Parent is TypeDeclarationSyntax owner
                && IsPublic(owner.Modifiers)
                && IsMutable(member))
            .Select(member => file.At(member, "a public static that anybody can change"))
        : [];

    private static bool IsMutable(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword),
        PropertyDeclarationSyntax property => property.AccessorList?.Accessors
            .Any(static accessor => accessor.IsKind(SyntaxKind.SetAccessorDeclaration)
                && accessor.Modifiers.Count == 0) == true,
        _ => false,
    };

    private static IEnumerable<MemberDeclarationSyntax> TopLevel(SourceFile file) => file
        .Nodes<MemberDeclarationSyntax>()
        .Where(static node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax
            && node.Parent is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax);

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declaration => declaration.Identifier.Text,
        DelegateDeclarationSyntax declaration => declaration.Identifier.Text,
        _ => "",
    };

    private static bool IsPublic(SyntaxTokenList modifiers) => modifiers.Any(SyntaxKind.PublicKeyword);
}
