namespace LlmMetrics.Http;

/// <summary>Lengths of a request's texts, where they matter.</summary>
/// <param name="Spoken">Code points of what is to be spoken, which speech is billed by; null if nothing is.</param>
/// <param name="All">Of all texts, for an estimate of tokens; null if nobody asks or not all were seen.</param>
internal sealed record RequestText(long? Spoken, (long Bytes, long Characters)? All);
