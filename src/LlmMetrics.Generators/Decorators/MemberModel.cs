using LlmMetrics.Generators.Models;

namespace LlmMetrics.Generators.Decorators;

/// <summary>A member of an interface: a method, or a property or event that is handed on as written.</summary>
/// <param name="Interface">The interface that declares it, written out in full.</param>
/// <param name="Method">The method, if it is one.</param>
/// <param name="Text">The whole text of a property, indexer or event.</param>
internal sealed record MemberModel(string Interface, MethodModel? Method, string Text);
