using LlmMetrics.Generators.Analysis;
using LlmMetrics.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LlmMetrics.Generators.Interception;

/// <summary>Reads calls.</summary>
internal static class CallReader
{
    /// <summary>The name that is called, as far as syntax tells.</summary>
    public static string? NameOf(SyntaxNode node) => node is InvocationExpressionSyntax call
        ? call.Expression switch
        {
            SimpleNameSyntax name => name.Identifier.ValueText,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
            _ => null,
        }
        : null;

    /// <summary>The call, or null if it is none of a measured method, or cannot be intercepted.</summary>
    public static CallModel? Read(
        InvocationExpressionSyntax call, Compilation compilation, CancellationToken cancellationToken)
    {
        var model = compilation.GetSemanticModel(call.SyntaxTree);
        if (model.GetOperation(call, cancellationToken) is not IInvocationOperation invocation
            || !invocation.TargetMethod.IsMeasured()
            || invocation.TargetMethod.ContainingType.TypeKind == TypeKind.Interface
            || Feasibility.OfMethod(invocation.TargetMethod) is not null
            || Feasibility.OfCall(invocation) is not null
            || model.GetInterceptableLocation(call, cancellationToken) is not { } location)
        {
            return null;
        }

        var method = invocation.TargetMethod;
        return new CallModel(
            location.GetInterceptsLocationAttributeSyntax(),
            new TargetModel(
                method.ContainingType.ToDisplayString(Symbols.Full),
                method.IsStatic,
                method.IsExtensionMethod,
                Symbols.ModelOf(method)));
    }
}
