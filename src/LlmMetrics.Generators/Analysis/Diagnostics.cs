using Microsoft.CodeAnalysis;

namespace LlmMetrics.Generators.Analysis;

/// <summary>The diagnostics; each has a page in docs/diagnostics.</summary>
internal static class Diagnostics
{
    public static readonly DiagnosticDescriptor NotReachable = Warning(
        "LLM0001", "Generated code cannot reach the measured method",
        "'{0}' is not measured: generated code can call only public and internal members of such types");

    public static readonly DiagnosticDescriptor MethodGroup = Warning(
        "LLM0002", "A delegate to a measured method is not measured",
        "Calls of '{0}' through this delegate are not measured; use a lambda that calls it");

    public static readonly DiagnosticDescriptor BaseCall = Warning(
        "LLM0003", "A base call of a measured method is not measured",
        "This call of '{0}' is not measured, because it is a base call");

    public static readonly DiagnosticDescriptor OpenGenericCall = Warning(
        "LLM0004", "A call with types that generated code cannot name is not measured",
        "This call of '{0}' is not measured: it depends on types that generated code cannot name");

    public static readonly DiagnosticDescriptor ThroughInterface = Warning(
        "LLM0005", "Calls through the interface are not measured",
        "Calls of '{0}' through '{1}' are not measured; put [Measured] on the interface's method and use AddMeasured");

    public static readonly DiagnosticDescriptor DynamicCall = Warning(
        "LLM0006", "A dynamic call of a measured method is not measured",
        "This call of '{0}' is not measured, because it is bound when it runs");

    public static readonly DiagnosticDescriptor Unsupported = Warning(
        "LLM0007", "The measured method has a form that cannot be measured",
        "'{0}' is not measured: its signature, or its type, is of a form that generated code cannot stand in for");

    public static readonly DiagnosticDescriptor NothingToDecorate = Warning(
        "LLM0008", "AddMeasured of an interface without measured methods",
        "'{0}' has no method with [Measured], so AddMeasured fails when it runs");

    public static readonly DiagnosticDescriptor NoName = Warning(
        "LLM0009", "The measured method has no name",
        "'{0}' is measured under the name 'unknown'");

    public static readonly DiagnosticDescriptor ExpressionTree = Warning(
        "LLM0010", "A call in an expression tree is not measured",
        "This call of '{0}' is not measured: what an expression tree says must not change");

    public static readonly DiagnosticDescriptor InterceptorsOff = Warning(
        "LLM0011", "Interceptors are not switched on",
        "Direct calls of '{0}' are not measured: add LlmMetrics.Generated to the property InterceptorsNamespaces");

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, "LlmMetrics", DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
