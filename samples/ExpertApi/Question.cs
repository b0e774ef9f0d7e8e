namespace ExpertApi;

/// <summary>A question of a user.</summary>
/// <param name="User">Who asks; counted as an active user, never exported.</param>
/// <param name="Text">The question.</param>
/// <param name="Language">Its language, such as <c>fr</c>.</param>
/// <param name="Source">Where it was asked: <c>web</c>, <c>mobile</c>, <c>api</c>.</param>
/// <param name="Model">Model that answers.</param>
public sealed record Question(string User, string Text, string Language, string Source, string Model = "gpt-4o-mini");
