namespace Voicebot;

/// <summary>What the telephone system tells when a call has ended.</summary>
/// <param name="Seconds">Its length.</param>
/// <param name="Solved">Whether the caller said that the problem is solved.</param>
/// <param name="Survey">Key pressed in the survey: 1 good, 2 fair, 3 bad; null for none.</param>
public sealed record Hangup(double Seconds, bool Solved, int? Survey);
