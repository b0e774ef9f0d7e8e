namespace Simulator;

/// <summary>The entry of a request that is still being served. Touched by that request alone.</summary>
internal sealed class LedgerDraft(string id, string path, long startedAt)
{
    public string Id { get; } = id;

    public long StartedAt { get; } = startedAt;

    public string Operation { get; set; } = "unknown";

    public string? RequestedModel { get; set; }

    public string? ServedModel { get; set; }

    public int? Status { get; set; }

    public bool Streamed { get; set; }

    // A request that leaves the simulator through an exception was cut by it unless someone says otherwise.
    public LedgerOutcome Outcome { get; set; } = LedgerOutcome.AbortedByServer;

    public string? ErrorType { get; set; }

    public string? FinishReason { get; set; }

    public Behaviour.TokenCounts? Told { get; set; }

    public long? Characters { get; set; }

    public double? AudioSeconds { get; set; }

    public int Chunks { get; set; }

    public long Bytes { get; set; }

    public LedgerEntry ToEntry(TimeSpan duration) => new()
    {
        Id = Id,
        Path = path,
        Operation = Operation,
        RequestedModel = RequestedModel,
        ServedModel = ServedModel,
        Status = Status,
        Streamed = Streamed,
        RateLimited = Status == 429,
        Outcome = Outcome,
        ErrorType = ErrorType,
        FinishReason = FinishReason,
        InputTokens = Told?.Input,
        OutputTokens = Told?.Output,
        CachedTokens = Told?.Cached,
        ReasoningTokens = Told?.Reasoning,
        Characters = Characters,
        AudioSeconds = AudioSeconds,
        Chunks = Chunks,
        Bytes = Bytes,
        Duration = duration,
    };
}
