namespace LlmMetrics;

/// <summary>
/// Gives the value of a tag for a call; null for none. Its values are bounded like those of a key field.
/// </summary>
/// <param name="llmCall">The call.</param>
/// <returns>The value.</returns>
public delegate string? LlmCallTag(in LlmCall llmCall);
