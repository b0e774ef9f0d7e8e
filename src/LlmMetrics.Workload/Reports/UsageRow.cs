namespace LlmMetrics;

/// <summary>What one model, feature or agent used in one period.</summary>
public sealed record UsageRow
{
    /// <summary>What is told apart: <c>model</c>, <c>feature</c>, <c>agent</c>, or <c>all</c>.</summary>
    public required string Dimension { get; init; }

    /// <summary>The model, feature or agent; empty where calls have none.</summary>
    public required string Value { get; init; }

    /// <summary>Start of the period; null for the whole time.</summary>
    public required DateTimeOffset? Period { get; init; }

    /// <summary>Calls; null if they are not measured by this dimension.</summary>
    public required double? Calls { get; init; }

    /// <summary>Calls that did not end well; null if unknown.</summary>
    public required double? Errors { get; init; }

    /// <summary>Input tokens; null if unknown.</summary>
    public required double? InputTokens { get; init; }

    /// <summary>Output tokens; null if unknown.</summary>
    public required double? OutputTokens { get; init; }

    /// <summary>Cost in US dollars of the calls with a known price; null if none had one.</summary>
    public required double? CostUsd { get; init; }

    /// <summary>Mean response time in milliseconds; null if unknown.</summary>
    public required double? MeanResponseMs { get; init; }
}
