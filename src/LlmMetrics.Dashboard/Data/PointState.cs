using LlmMetrics.Calls;

namespace LlmMetrics.Data;

/// <summary>One interval of the charts: when it ended, in seconds since 1970, and what happened in it.</summary>
internal sealed record PointState(
    double Time,
    long Calls,
    long Errors,
    long InputTokens,
    long OutputTokens,
    double CostUsd,
    double? P50,
    double? P95)
{
    public static PointState Of(DateTimeOffset time, CallTally tally) => new(
        time.ToUnixTimeMilliseconds() / 1000.0, tally.Calls, tally.Errors, tally.InputTokens, tally.OutputTokens,
        tally.CostUsd, tally.Durations.Quantile(0.5), tally.Durations.Quantile(0.95));
}
