namespace LlmMetrics;

/// <summary>The measured figures of facts: what a metric counts, sums up or distributes.</summary>
public enum FactValue
{
    /// <summary>One for each fact.</summary>
    Count = 0,

    /// <summary>Duration in seconds.</summary>
    Duration,

    /// <summary>Time from the request to the first chunk of a streamed answer, in seconds.</summary>
    TimeToFirstChunk,

    /// <summary>Input tokens, cached ones included.</summary>
    InputTokens,

    /// <summary>Output tokens, reasoning included.</summary>
    OutputTokens,

    /// <summary>Input and output tokens together; present when both are.</summary>
    TotalTokens,

    /// <summary>Input tokens that the provider read from its cache; part of the input tokens.</summary>
    CachedInputTokens,

    /// <summary>Input tokens that the provider wrote to its cache; part of the input tokens.</summary>
    CacheWriteInputTokens,

    /// <summary>Those of the cache-write tokens that are kept for an hour.</summary>
    CacheWrite1HourInputTokens,

    /// <summary>Output tokens spent on reasoning; part of the output tokens.</summary>
    ReasoningOutputTokens,

    /// <summary>Input tokens that stand for audio; part of the input tokens.</summary>
    InputAudioTokens,

    /// <summary>Output tokens that stand for audio; part of the output tokens.</summary>
    OutputAudioTokens,

    /// <summary>Input tokens that stand for images; part of the input tokens.</summary>
    InputImageTokens,

    /// <summary>Output tokens that stand for images; part of the output tokens.</summary>
    OutputImageTokens,

    /// <summary>Characters given to a speech model.</summary>
    Characters,

    /// <summary>Seconds of audio, over all channels.</summary>
    AudioSeconds,

    /// <summary>Images made.</summary>
    Images,

    /// <summary>Web searches that the provider charged for.</summary>
    WebSearches,

    /// <summary>Input tokens that stand for video; part of the input tokens.</summary>
    InputVideoTokens,

    /// <summary>Channels of the audio; its seconds are over all of them.</summary>
    AudioChannels,

    /// <summary>Pages of documents that were read.</summary>
    Pages,

    /// <summary>Cost in US dollars.</summary>
    CostUsd,

    /// <summary>Money saved by caches, the provider's and the app's own, in US dollars.</summary>
    CacheSavingsUsd,

    /// <summary>One if it is known what was used, but not what it cost.</summary>
    Unpriced,

    /// <summary>One if the provider did not tell its usage.</summary>
    UsageMissing,

    /// <summary>Tries that the provider refused for their rate.</summary>
    RateLimitHits,

    /// <summary>Tries that the operation took.</summary>
    Attempts,

    /// <summary>What is left of a rate limit.</summary>
    Remaining,

    /// <summary>A rate limit.</summary>
    Limit,

    /// <summary>Wait that a provider asked for before the next try, in seconds.</summary>
    RetryAfter,

    /// <summary>Rows that a database command returned or changed.</summary>
    Rows,

    /// <summary>Connections of a pool that are in use. Read at collection.</summary>
    UsedConnections,

    /// <summary>Connections of a pool that are open and idle. Read at collection.</summary>
    IdleConnections,

    /// <summary>Connections that a pool may open at most. Read at collection.</summary>
    MaxConnections,

    /// <summary>
    /// One if the outcome is an error; of an HTTP request, which has no outcome, if it has an error type.
    /// </summary>
    Errors,

    /// <summary>Seconds since the app started. Read at collection.</summary>
    Uptime,

    /// <summary>Always one: carries tags that describe the app. Read at collection.</summary>
    Info,

    /// <summary>Measurements or observations that the library gave up.</summary>
    Dropped,

    /// <summary>Measurements that were recorded under a folded tag.</summary>
    Folded,

    /// <summary>Series that a metric has. Read at collection.</summary>
    Series,

    /// <summary>Items that a run counted.</summary>
    Items,

    /// <summary>One if an export failed.</summary>
    ExportFailures,

    /// <summary>Calls on language models that ended while an agent ran, and were made by it.</summary>
    InferenceCalls,

    /// <summary>Runs of tools that ended while an agent ran, and were made by it.</summary>
    ToolCalls,

    /// <summary>Distinct users that the app has lately seen. Read at collection.</summary>
    ActiveUsers,

    /// <summary>Money that the app has earned, in US dollars.</summary>
    RevenueUsd,

    /// <summary>What a budget allows, in US dollars. Read at collection.</summary>
    BudgetLimit,

    /// <summary>What is known to be spent of a budget, in US dollars. Read at collection.</summary>
    BudgetSpent,

    /// <summary>What is left of a budget, in US dollars; below zero when overspent. Read at collection.</summary>
    BudgetRemaining,

    /// <summary>
    /// Share of a budget that is spent, over the share of its period that is past. Read at collection.
    /// </summary>
    BudgetBurnRate,

    /// <summary>Calls of a budget's period whose cost is not known. Read at collection.</summary>
    BudgetUnpriced,

    /// <summary>Input tokens as estimated where the provider told none; never part of the input tokens.</summary>
    EstimatedInputTokens,

    /// <summary>Output tokens as estimated where the provider told none; never part of the output tokens.</summary>
    EstimatedOutputTokens,

    /// <summary>Those of the cached input tokens that stand for audio.</summary>
    CachedInputAudioTokens,

    /// <summary>Those of the cached input tokens that stand for images.</summary>
    CachedInputImageTokens,

    /// <summary>Seconds since the day that prices are of. Read at collection.</summary>
    PriceDataAge,

    /// <summary>Price files whose text on disk is not in use. Read at collection.</summary>
    PriceFilesRefused,

    /// <summary>One for a price file that was read, well or not.</summary>
    PriceLoads,

    /// <summary>Output tokens that stand for video; part of the output tokens.</summary>
    OutputVideoTokens,

    /// <summary>Tokens of cited sources that the provider charged for; beside input and output tokens.</summary>
    CitationTokens,

    /// <summary>Searches in files that the provider charged for.</summary>
    FileSearches,
}
