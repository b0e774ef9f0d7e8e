namespace Simulator;

/// <summary>Sum over the requests of one operation, model pair and outcome.</summary>
public sealed record LedgerTotal
{
    /// <summary>chat, embeddings, responses, speech, listen, models or unknown.</summary>
    public required string Operation { get; init; }

    /// <summary>Model that the client named.</summary>
    public string? RequestedModel { get; init; }

    /// <summary>Model named in the response.</summary>
    public string? ServedModel { get; init; }

    /// <summary>How they ended.</summary>
    public LedgerOutcome Outcome { get; init; }

    /// <summary>Requests.</summary>
    public long Requests { get; init; }

    /// <summary>Requests answered with 429.</summary>
    public long RateLimited { get; init; }

    /// <summary>Requests whose client was told the usage. The sums below are over these alone.</summary>
    public long WithUsage { get; init; }

    /// <summary>Input tokens told.</summary>
    public long InputTokens { get; init; }

    /// <summary>Output tokens told.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Cached tokens told.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Reasoning tokens told.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>Characters made to speech.</summary>
    public long Characters { get; init; }

    /// <summary>Seconds of audio written down, over all channels.</summary>
    public double AudioSeconds { get; init; }

    /// <summary>Bytes of response bodies.</summary>
    public long Bytes { get; init; }

    internal LedgerTotal Plus(LedgerEntry entry) => this with
    {
        Requests = Requests + 1,
        RateLimited = RateLimited + (entry.RateLimited ? 1 : 0),
        WithUsage = WithUsage + (entry.InputTokens is null ? 0 : 1),
        InputTokens = InputTokens + (entry.InputTokens ?? 0),
        OutputTokens = OutputTokens + (entry.OutputTokens ?? 0),
        CachedTokens = CachedTokens + (entry.CachedTokens ?? 0),
        ReasoningTokens = ReasoningTokens + (entry.ReasoningTokens ?? 0),
        Characters = Characters + (entry.Characters ?? 0),
        AudioSeconds = AudioSeconds + (entry.AudioSeconds ?? 0),
        Bytes = Bytes + entry.Bytes,
    };
}
