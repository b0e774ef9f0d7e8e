using LlmMetrics.Generators.Models;

namespace LlmMetrics.Generators.Interception;

/// <summary>A measured method that is called directly.</summary>
/// <param name="Type">The type that declares it, written out in full.</param>
/// <param name="IsStatic">Whether it belongs to the type.</param>
/// <param name="IsExtension">Whether it is an extension method.</param>
/// <param name="Method">The method.</param>
internal sealed record TargetModel(string Type, bool IsStatic, bool IsExtension, MethodModel Method);
