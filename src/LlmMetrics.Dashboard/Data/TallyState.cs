using LlmMetrics.Calls;

namespace LlmMetrics.Data;

/// <summary>A tally as the page gets it; durations in seconds, null where nothing was measured.</summary>
internal sealed record TallyState(
    long Calls,
    long Errors,
    long RateLimited,
    long Aborted,
    long WithoutUsage,
    long Unpriced,
    long InputTokens,
    long OutputTokens,
    long CachedInputTokens,
    double CostUsd)
{
    public double? P50 { get; private init; }

    public double? P95 { get; private init; }

    public double? FirstChunkP95 { get; private init; }

    public static TallyState Of(CallTally tally) => new(
        tally.Calls, tally.Errors, tally.RateLimited, tally.Aborted, tally.WithoutUsage, tally.Unpriced,
        tally.InputTokens, tally.OutputTokens, tally.CachedInputTokens, tally.CostUsd)
    {
        P50 = tally.Durations.Quantile(0.5),
        P95 = tally.Durations.Quantile(0.95),
        FirstChunkP95 = tally.FirstChunks.Quantile(0.95),
    };
}
