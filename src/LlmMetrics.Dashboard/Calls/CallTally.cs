namespace LlmMetrics.Calls;

/// <summary>What a number of calls came to. What is not known is counted, and added to no sum.</summary>
internal sealed class CallTally
{
    public long Calls { get; private set; }

    public long Errors { get; private set; }

    public long RateLimited { get; private set; }

    /// <summary>Calls that were cancelled, or whose answer the provider ended too early.</summary>
    public long Aborted { get; private set; }

    /// <summary>Calls that came to their end, or began to answer, and told no usage.</summary>
    public long WithoutUsage { get; private set; }

    /// <summary>Calls that told their usage, and whose cost is not known.</summary>
    public long Unpriced { get; private set; }

    public long InputTokens { get; private set; }

    public long OutputTokens { get; private set; }

    public long CachedInputTokens { get; private set; }

    public double CostUsd { get; private set; }

    public DurationSketch Durations { get; } = new();

    public DurationSketch FirstChunks { get; } = new();

    public void Add(in LlmCall call)
    {
        Calls++;
        Errors += call.Outcome == LlmOutcome.Error ? 1 : 0;
        RateLimited += call.IsRateLimited ? 1 : 0;
        Aborted += call.Outcome is LlmOutcome.Cancelled or LlmOutcome.Incomplete ? 1 : 0;
        WithoutUsage += call.UsageMissing != UsageMissingReason.None ? 1 : 0;
        InputTokens += call.InputTokens ?? 0;
        OutputTokens += call.OutputTokens ?? 0;
        CachedInputTokens += call.CachedInputTokens ?? 0;
        CostUsd += call.CostUsd ?? 0;
        Unpriced += call.CostUsd is null && HasUsage(in call) ? 1 : 0;
        if (call.Duration is { } duration)
        {
            Durations.Add(duration.TotalSeconds);
        }

        if (call.TimeToFirstChunk is { } first)
        {
            FirstChunks.Add(first.TotalSeconds);
        }
    }

    public void Add(CallTally other)
    {
        Calls += other.Calls;
        Errors += other.Errors;
        RateLimited += other.RateLimited;
        Aborted += other.Aborted;
        WithoutUsage += other.WithoutUsage;
        Unpriced += other.Unpriced;
        InputTokens += other.InputTokens;
        OutputTokens += other.OutputTokens;
        CachedInputTokens += other.CachedInputTokens;
        CostUsd += other.CostUsd;
        Durations.Add(other.Durations);
        FirstChunks.Add(other.FirstChunks);
    }

    public void Clear()
    {
        Calls = Errors = RateLimited = Aborted = WithoutUsage = Unpriced = 0;
        InputTokens = OutputTokens = CachedInputTokens = 0;
        CostUsd = 0;
        Durations.Clear();
        FirstChunks.Clear();
    }

    private static bool HasUsage(in LlmCall call) => call.InputTokens is not null || call.OutputTokens is not null
        || call.Characters is not null || call.AudioSeconds is not null || call.Images is not null
        || call.Pages is not null;
}
