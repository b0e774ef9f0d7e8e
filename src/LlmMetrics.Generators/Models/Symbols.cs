using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LlmMetrics.Generators.Models;

/// <summary>Reads symbols.</summary>
internal static class Symbols
{
    public const string Attribute = "LlmMetrics.MeasuredAttribute";

    public static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly string[] _kinds = ["Agent", "Workflow", "Tool", "Function"];

    public static bool IsMeasured(this IMethodSymbol method) => AttributeOf(method) is not null;

    public static AttributeData? AttributeOf(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "MeasuredAttribute", ContainingNamespace: { } space }
                && space.Name == "LlmMetrics" && space.ContainingNamespace.IsGlobalNamespace)
            {
                return attribute;
            }
        }

        return null;
    }

    public static Measurement? MeasurementOf(IMethodSymbol method)
    {
        if (AttributeOf(method) is not { } attribute)
        {
            return null;
        }

        var arguments = attribute.ConstructorArguments;
        var name = arguments.Length == 1 ? arguments[0].Value as string : null;
        var kind = 0;
        foreach (var argument in attribute.NamedArguments)
        {
            kind = argument.Key == "Kind" && argument.Value.Value is int value ? value : kind;
        }

        return new Measurement(_kinds[kind >= 0 && kind < _kinds.Length ? kind : 0], name ?? string.Empty);
    }

    public static ReturnKind ReturnOf(IMethodSymbol method)
    {
        if (method.ReturnsVoid)
        {
            return ReturnKind.Nothing;
        }

        if (method.ReturnType.OriginalDefinition is not INamedTypeSymbol type)
        {
            return ReturnKind.Value;
        }

        var space = type.ContainingNamespace?.ToDisplayString();
        return (space, type.Name, type.Arity) switch
        {
            ("System.Threading.Tasks", "Task" or "ValueTask", 0 or 1) => ReturnKind.Task,
            ("System.Collections.Generic", "IAsyncEnumerable", 1) => ReturnKind.Sequence,
            _ => ReturnKind.Value,
        };
    }

    public static string NameOf(ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) != SyntaxKind.None ? "@" + symbol.Name : symbol.Name;

    public static string ParameterOf(IParameterSymbol parameter)
    {
        var isScoped = parameter.ScopedKind != ScopedKind.None && parameter.RefKind != RefKind.Out;
        var scoped = isScoped ? "scoped " : string.Empty;
        var reference = parameter.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In => "in ",
            RefKind.RefReadOnlyParameter => "ref readonly ",
            _ => string.Empty,
        };
        return $"{scoped}{reference}{parameter.Type.ToDisplayString(Full)} {NameOf(parameter)}";
    }

    public static string ArgumentOf(IParameterSymbol parameter)
    {
        var reference = parameter.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In or RefKind.RefReadOnlyParameter => "in ",
            _ => string.Empty,
        };
        return reference + NameOf(parameter);
    }

    public static MethodModel ModelOf(IMethodSymbol method) => new(
        NameOf(method),
        method.ReturnType.ToDisplayString(Full),
        ReturnOf(method),
        method.TypeArguments.IsEmpty
            ? string.Empty
            : $"<{string.Join(", ", method.TypeArguments.Select(static type => type.ToDisplayString(Full)))}>",
        string.Concat(method.TypeParameters.Select(ConstraintOf)),
        string.Join(", ", method.Parameters.Select(ParameterOf)),
        string.Join(", ", method.Parameters.Select(ArgumentOf)),
        MeasurementOf(method));

    // An explicit implementation inherits its constraints and repeats only what T? means.
    private static string ConstraintOf(ITypeParameterSymbol type) =>
        $" where {NameOf(type)} : {(type.IsReferenceType ? "class" : type.IsValueType ? "struct" : "default")}";
}
