namespace Simulator;

/// <summary>What was served for one request. Token figures are those told to the client: null was never told.</summary>
public sealed record LedgerEntry
{
    /// <summary>The value of the x-request-id header of the response.</summary>
    public required string Id { get; init; }

    /// <summary>Path of the request.</summary>
    public required string Path { get; init; }

    /// <summary>chat, embeddings, responses, speech, listen, models or unknown.</summary>
    public required string Operation { get; init; }

    /// <summary>Model or deployment that the client named; null when it named none.</summary>
    public string? RequestedModel { get; init; }

    /// <summary>Model named in the response; null when none was.</summary>
    public string? ServedModel { get; init; }

    /// <summary>Status code sent; null when the connection ended before it.</summary>
    public int? Status { get; init; }

    /// <summary>Whether the client asked for a stream.</summary>
    public bool Streamed { get; init; }

    /// <summary>Whether the answer was a 429.</summary>
    public bool RateLimited { get; init; }

    /// <summary>How it ended.</summary>
    public LedgerOutcome Outcome { get; init; }

    /// <summary>The error type told to the client; null without an error.</summary>
    public string? ErrorType { get; init; }

    /// <summary>stop or length; null when it was never told.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Input tokens, cached ones included.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Output tokens, reasoning ones included.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>The part of the input tokens read from the cache.</summary>
    public long? CachedTokens { get; init; }

    /// <summary>The part of the output tokens spent on reasoning.</summary>
    public long? ReasoningTokens { get; init; }

    /// <summary>Characters made to speech and charged.</summary>
    public long? Characters { get; init; }

    /// <summary>Seconds of audio written down and charged, over all channels.</summary>
    public double? AudioSeconds { get; init; }

    /// <summary>Chunks of content handed to the network.</summary>
    public int Chunks { get; init; }

    /// <summary>Bytes of the response body handed to the network, without framing.</summary>
    public long Bytes { get; init; }

    /// <summary>From the first byte of the request to the end, in the clock of the options.</summary>
    public TimeSpan Duration { get; init; }
}
