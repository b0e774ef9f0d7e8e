namespace ExpertApi;

/// <summary>A rating of an answer.</summary>
public sealed record Feedback(long Question, bool Positive);
