namespace LlmMetrics.Benchmarks.Recording;

/// <summary>What an app knows of a call when it has ended. Both sides get the same.</summary>
internal readonly struct CallInput
{
    public required string Provider { get; init; }

    public required string Operation { get; init; }

    public required string RequestModel { get; init; }

    public required string ResponseModel { get; init; }

    public required string Server { get; init; }

    public required string Feature { get; init; }

    public required string Agent { get; init; }

    public required string Tenant { get; init; }

    public required long InputTokens { get; init; }

    public required long CachedTokens { get; init; }

    public required long OutputTokens { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>For the hand-written code alone: it is given the rates and need not look them up.</summary>
    public required Rates Rates { get; init; }
}
