namespace LlmMetrics.Http;

/// <summary>Length of a request's texts, kept for an estimate of its tokens.</summary>
/// <param name="Bytes">In UTF-8.</param>
/// <param name="Characters">Code points.</param>
internal sealed record RequestText(long Bytes, long Characters);
