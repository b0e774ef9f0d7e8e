namespace ExpertApi;

/// <summary>A question of a user.</summary>
/// <param name="User">Who asks; counted as an active user, never exported.</param>
/// <param name="Text">The question.</param>
/// <param name="Language">Its language, such as <c>fr</c>.</param>
/// <param name="Source">Where it was asked: <c>web</c>, <c>mobile</c>, <c>api</c>.</param>
/// <param name="Model">Model that answers.</param>
public sealed record Question(string User, string Text, string Language, string Source, string Model = "gpt-4o-mini");

/// <summary>A text to be spoken.</summary>
public sealed record SpokenText(string Text);

/// <summary>A rating of an answer.</summary>
public sealed record Feedback(long Question, bool Positive);

/// <summary>A plan that somebody pays for.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Usd">The price.</param>
/// <param name="Reference">The payment's own number: paid once.</param>
public sealed record Payment(string Plan, double Usd, string Reference);
