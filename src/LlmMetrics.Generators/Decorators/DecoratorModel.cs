using LlmMetrics.Generators.Models;

namespace LlmMetrics.Generators.Decorators;

/// <summary>A decorator to write for an interface.</summary>
/// <param name="Service">The interface, written out in full.</param>
/// <param name="ClassName">Name of the decorator, unique in the project.</param>
/// <param name="Members">All members, those of base interfaces included.</param>
internal sealed record DecoratorModel(string Service, string ClassName, EquatableArray<MemberModel> Members);
