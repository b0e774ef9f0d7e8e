using LlmMetrics.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LlmMetrics.Generators.Analysis;

/// <summary>What generated code can measure. The generator skips the rest, and the analyzer says so.</summary>
internal static class Feasibility
{
    /// <summary>Why calls of a method of a class cannot be intercepted; null if they can.</summary>
    public static DiagnosticDescriptor? OfMethod(IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.LocalFunction || !IsReachable(method))
        {
            return Diagnostics.NotReachable;
        }

        var isSupported = method.MethodKind is MethodKind.Ordinary or MethodKind.ReducedExtension
            && !method.ReturnsByRef && !method.ReturnsByRefReadonly && !method.IsVararg
            && !(method.IsAsync && method.ReturnsVoid)
            && (method.IsStatic || !method.ContainingType.IsValueType)
            && !IsPointer(method.ReturnType) && !method.Parameters.Any(static parameter => IsPointer(parameter.Type));
        return isSupported ? null : Diagnostics.Unsupported;
    }

    /// <summary>Why one call of a method that can be intercepted cannot; null if it can.</summary>
    public static DiagnosticDescriptor? OfCall(IInvocationOperation call)
    {
        if (call.Instance?.Syntax is BaseExpressionSyntax)
        {
            // An interceptor would call the override, which calls base, which is intercepted: without end.
            return Diagnostics.BaseCall;
        }

        var method = call.TargetMethod;
        if (!IsNameable(method.ContainingType) || !method.TypeArguments.All(IsNameable)
            || !IsNameable(method.ReturnType) || !method.Parameters.All(static parameter => IsNameable(parameter.Type)))
        {
            return Diagnostics.OpenGenericCall;
        }

        return IsInExpressionTree(call) ? Diagnostics.ExpressionTree : null;
    }

    /// <summary>Why no decorator can be written for an interface; null if one can.</summary>
    public static DiagnosticDescriptor? OfInterface(INamedTypeSymbol type)
    {
        if (!IsReachable(type))
        {
            return Diagnostics.NotReachable;
        }

        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.IsGenericType)
            {
                return Diagnostics.Unsupported;
            }
        }

        var members = type.AllInterfaces.Insert(0, type).SelectMany(static declaring => declaring.GetMembers());
        return members.All(CanImplement) ? null : Diagnostics.Unsupported;
    }

    /// <summary>Whether a member of an interface is one that a class implements.</summary>
    public static bool IsToImplement(ISymbol member) => !member.IsStatic && (member.IsAbstract || member.IsVirtual);

    private static bool CanImplement(ISymbol member)
    {
        if (member.IsStatic)
        {
            return !member.IsAbstract;
        }

        if (!IsToImplement(member))
        {
            return member is not IMethodSymbol method || !method.IsMeasured();
        }

        return member.DeclaredAccessibility == Accessibility.Public && member switch
        {
            IMethodSymbol method => !method.ReturnsByRef && !method.ReturnsByRefReadonly && !method.IsVararg
                && !IsPointer(method.ReturnType) && !method.Parameters.Any(static p => IsPointer(p.Type)),
            IPropertySymbol property => !property.ReturnsByRef && !property.ReturnsByRefReadonly
                && property.SetMethod is not { IsInitOnly: true },
            _ => true,
        };
    }

    private static bool IsReachable(ISymbol symbol)
    {
        for (var at = symbol; at is not null and not INamespaceSymbol; at = at.ContainingSymbol)
        {
            if (at.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal
                or Accessibility.ProtectedOrInternal) || at is INamedTypeSymbol { IsFileLocal: true })
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNameable(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol or IPointerTypeSymbol or IDynamicTypeSymbol => type is IDynamicTypeSymbol,
        IArrayTypeSymbol array => IsNameable(array.ElementType),
        INamedTypeSymbol named => !named.IsAnonymousType && (named.IsTupleType || IsReachable(named))
            && named.TypeArguments.All(IsNameable)
            && (named.ContainingType is null || IsNameable(named.ContainingType)),
        _ => false,
    };

    private static bool IsPointer(ITypeSymbol type) => type is IPointerTypeSymbol or IFunctionPointerTypeSymbol;

    private static bool IsInExpressionTree(IInvocationOperation call)
    {
        foreach (var lambda in call.Syntax.Ancestors().OfType<LambdaExpressionSyntax>())
        {
            var type = call.SemanticModel?.GetTypeInfo(lambda).ConvertedType;
            if (type is { Name: "Expression", ContainingNamespace.Name: "Expressions" })
            {
                return true;
            }
        }

        return false;
    }
}
