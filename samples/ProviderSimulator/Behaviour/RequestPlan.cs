namespace Simulator.Behaviour;

/// <summary>All that is decided about a request before the first byte of its answer.</summary>
internal sealed record RequestPlan
{
    public required string ServedModel { get; init; }

    public required TokenCounts Tokens { get; init; }

    public required ulong TextSeed { get; init; }

    public required string ResponseId { get; init; }

    public string FinishReason { get; init; } = "stop";

    public int ChunkCount { get; init; }

    public int TokensPerChunk { get; init; }

    public TimeSpan FirstChunk { get; init; }

    public TimeSpan ChunkDelay { get; init; }

    /// <summary>Error status to answer with.</summary>
    public int? Status { get; init; }

    /// <summary>Whether the prompt is longer than the model's context.</summary>
    public bool IsTooLong { get; init; }

    /// <summary>Chunks of content before the connection is cut; 0 is before the headers.</summary>
    public int? AbortAfter { get; init; }

    /// <summary>Chunks of content before an error is reported inside the stream.</summary>
    public int? ErrorAfter { get; init; }

    /// <summary>Chunks of content before the server falls silent until the client leaves.</summary>
    public int? StallAfter { get; init; }

    public bool TellUsage { get; init; } = true;

    public bool SendDone { get; init; } = true;

    public SseStyle Style { get; init; }

    public int VisibleTokens => (Tokens.Output ?? 0) - (Tokens.Reasoning ?? 0);
}
