using LlmMetrics.Generators.Decorators;
using LlmMetrics.Generators.Interception;
using LlmMetrics.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmMetrics.Generators;

/// <summary>
/// Makes <c>[Measured]</c> work: a decorator for each interface that has it on a method, and an interceptor for each
/// direct call of a method of a class that has it.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class MeasuredGenerator : IIncrementalGenerator
{
    internal const string DecoratorsStep = "Decorators";
    internal const string DistinctDecoratorsStep = "DistinctDecorators";
    internal const string NamesStep = "MeasuredNames";
    internal const string CandidatesStep = "Candidates";
    internal const string CallsStep = "Calls";
    internal const string AllCallsStep = "AllCalls";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        AddDecorators(context);
        AddInterceptors(context);
    }

    private static void AddDecorators(IncrementalGeneratorInitializationContext context)
    {
        var decorators = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                Symbols.Attribute,
                static (node, _) => node is MethodDeclarationSyntax { Parent: InterfaceDeclarationSyntax },
                static (context, _) => DecoratorReader.Read(context.TargetSymbol.ContainingType))
            .Where(static model => model is not null)
            .WithTrackingName(DecoratorsStep)
            .Collect()
            .SelectMany(static (models, _) => models.OfType<DecoratorModel>().Distinct())
            .WithTrackingName(DistinctDecoratorsStep);
        context.RegisterSourceOutput(
            decorators,
            static (output, model) => output.AddSource($"{model.ClassName}.g.cs", DecoratorWriter.Write(model)));
    }

    private static void AddInterceptors(IncrementalGeneratorInitializationContext context)
    {
        var names = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                Symbols.Attribute,
                static (node, _) => node is MethodDeclarationSyntax { Parent: not InterfaceDeclarationSyntax },
                static (context, _) => context.TargetSymbol.Name)
            .Collect()
            .Select(static (names, _) =>
                new EquatableArray<string>([.. names.Distinct().OrderBy(static name => name, StringComparer.Ordinal)]))
            .WithTrackingName(NamesStep);

        var isAllowed = context.ParseOptionsProvider.Select(static (options, _) => Switch.IsOn(options));

        // Only calls of the right name are bound: binding every call on every key press would be felt.
        var calls = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => CallReader.NameOf(node) is not null,
                static (context, _) => (InvocationExpressionSyntax)context.Node)
            .Combine(names)
            .Where(static pair => pair.Right.Contains(CallReader.NameOf(pair.Left)!, StringComparer.Ordinal))
            .Select(static (pair, _) => pair.Left)
            .WithTrackingName(CandidatesStep)
            .Combine(context.CompilationProvider)
            .Select(static (pair, cancellation) => CallReader.Read(pair.Left, pair.Right, cancellation))
            .Where(static call => call is not null)
            .WithTrackingName(CallsStep)
            .Collect()
            .Select(static (calls, _) => new EquatableArray<CallModel>([.. calls.OfType<CallModel>()]))
            .WithTrackingName(AllCallsStep);
        context.RegisterSourceOutput(calls.Combine(isAllowed), static (output, pair) =>
        {
            if (pair.Right && pair.Left.Count > 0)
            {
                output.AddSource("MeasuredInterceptors.g.cs", InterceptorWriter.Write(pair.Left));
            }
        });
    }
}
