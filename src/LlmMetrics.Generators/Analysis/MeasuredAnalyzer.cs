using System.Collections.Immutable;
using LlmMetrics.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LlmMetrics.Generators.Analysis;

/// <summary>Says where <c>[Measured]</c> cannot work.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MeasuredAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Diagnostics.NotReachable, Diagnostics.MethodGroup, Diagnostics.BaseCall, Diagnostics.OpenGenericCall,
        Diagnostics.ThroughInterface, Diagnostics.DynamicCall, Diagnostics.Unsupported,
        Diagnostics.NothingToDecorate, Diagnostics.NoName, Diagnostics.ExpressionTree, Diagnostics.InterceptorsOff,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(Symbols.Attribute) is null)
            {
                return;
            }

            start.RegisterSymbolAction(static action => Check(action), SymbolKind.Method);
            start.RegisterSyntaxNodeAction(static action => CheckLocal(action), SyntaxKind.LocalFunctionStatement);
            start.RegisterOperationAction(static action => CheckCall(action), OperationKind.Invocation);
            start.RegisterOperationAction(static action => CheckReference(action), OperationKind.MethodReference);
            start.RegisterOperationAction(static action => CheckDynamic(action), OperationKind.DynamicInvocation);
        });
    }

    private static void Check(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (Symbols.MeasurementOf(method) is not { } measurement)
        {
            return;
        }

        void Report(DiagnosticDescriptor descriptor, params object[] arguments) => context.ReportDiagnostic(
            Diagnostic.Create(descriptor, method.Locations[0], [method.Name, .. arguments]));

        if (string.IsNullOrWhiteSpace(measurement.Name))
        {
            Report(Diagnostics.NoName);
        }

        if (method.ContainingType.TypeKind == TypeKind.Interface)
        {
            var obstacle = method.MethodKind == MethodKind.Ordinary && Feasibility.IsToImplement(method)
                ? Feasibility.OfInterface(method.ContainingType)
                : Diagnostics.Unsupported;
            if (obstacle is not null)
            {
                Report(obstacle);
            }

            return;
        }

        if (UnmeasuredInterfaceOf(method) is { } unmeasured)
        {
            Report(Diagnostics.ThroughInterface, unmeasured.Name);
        }

        if (Feasibility.OfMethod(method) is { } reason)
        {
            Report(reason);
        }
        else if (!Interception.Switch.IsOn(method.DeclaringSyntaxReferences[0].SyntaxTree.Options))
        {
            Report(Diagnostics.InterceptorsOff);
        }
    }

    private static INamedTypeSymbol? UnmeasuredInterfaceOf(IMethodSymbol method)
    {
        foreach (var type in method.ContainingType.AllInterfaces)
        {
            foreach (var member in type.GetMembers(method.Name).OfType<IMethodSymbol>())
            {
                var implementation = method.ContainingType.FindImplementationForInterfaceMember(member);
                if (SymbolEqualityComparer.Default.Equals(implementation, method) && !member.IsMeasured())
                {
                    return type;
                }
            }
        }

        return null;
    }

    private static void CheckLocal(SyntaxNodeAnalysisContext context)
    {
        if (context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken) is IMethodSymbol method
            && method.IsMeasured())
        {
            context.ReportDiagnostic(
                Diagnostic.Create(Diagnostics.NotReachable, method.Locations[0], method.Name));
        }
    }

    private static void CheckCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        var method = call.TargetMethod;
        if (method is { Name: "AddMeasured", TypeArguments.Length: 2 }
            && method.ContainingType.ToDisplayString() == "LlmMetrics.MeasuredServiceCollectionExtensions")
        {
            CheckRegistration(context, method.TypeArguments[0]);
        }
        else if (IsMeasuredInClass(method) && Feasibility.OfMethod(method) is null
            && Feasibility.OfCall(call) is { } reason)
        {
            context.ReportDiagnostic(Diagnostic.Create(reason, call.Syntax.GetLocation(), method.Name));
        }
    }

    private static void CheckRegistration(OperationAnalysisContext context, ITypeSymbol service)
    {
        // A type parameter may turn out to be anything.
        if (service is not INamedTypeSymbol named)
        {
            return;
        }

        var isMeasured = named.AllInterfaces.Add(named)
            .SelectMany(static type => type.GetMembers()).OfType<IMethodSymbol>().Any(Symbols.IsMeasured);
        if (service.TypeKind != TypeKind.Interface || !isMeasured)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Diagnostics.NothingToDecorate, context.Operation.Syntax.GetLocation(), service.Name));
        }
    }

    private static void CheckReference(OperationAnalysisContext context)
    {
        var method = ((IMethodReferenceOperation)context.Operation).Method;
        if (IsMeasuredInClass(method) && context.Operation.Parent is not INameOfOperation)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Diagnostics.MethodGroup, context.Operation.Syntax.GetLocation(), method.Name));
        }
    }

    private static void CheckDynamic(OperationAnalysisContext context)
    {
        // A receiver that is dynamic itself tells nothing.
        if (((IDynamicInvocationOperation)context.Operation).Operation is not IDynamicMemberReferenceOperation member)
        {
            return;
        }

        var method = MembersOf(member.Instance?.Type ?? member.ContainingType, member.MemberName)
            .FirstOrDefault(IsMeasuredInClass);
        if (method is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Diagnostics.DynamicCall, context.Operation.Syntax.GetLocation(), method.Name));
        }
    }

    private static IEnumerable<IMethodSymbol> MembersOf(ITypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (var method in type.GetMembers(name).OfType<IMethodSymbol>())
            {
                yield return method;
            }
        }
    }

    private static bool IsMeasuredInClass(IMethodSymbol method) =>
        method.ContainingType?.TypeKind != TypeKind.Interface && method.IsMeasured();
}
