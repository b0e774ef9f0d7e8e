namespace ExpertApi;

/// <summary>A text to be spoken.</summary>
public sealed record SpokenText(string Text);
