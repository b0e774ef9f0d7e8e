namespace LlmMetrics.Generators.Models;

/// <summary>A method, as code that is put around it has to write it. All types are written out in full.</summary>
/// <param name="Name">Name, escaped if it is a keyword.</param>
/// <param name="ReturnType">Type of the result.</param>
/// <param name="Returns">How the result is handed back.</param>
/// <param name="TypeParameters">The type parameters, or what they stand for, with angle brackets, or nothing.</param>
/// <param name="Constraints">What an explicit implementation has to say of the type parameters, or nothing.</param>
/// <param name="Parameters">The parameters as declared.</param>
/// <param name="Arguments">The same as arguments of a call.</param>
/// <param name="Measurement">How it is measured; null if it is only handed on.</param>
internal sealed record MethodModel(
    string Name,
    string ReturnType,
    ReturnKind Returns,
    string TypeParameters,
    string Constraints,
    string Parameters,
    string Arguments,
    Measurement? Measurement);
