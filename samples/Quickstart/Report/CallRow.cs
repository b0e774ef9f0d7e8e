namespace Quickstart.Report;

/// <summary>What was measured of the calls to one model: a row of the table.</summary>
public sealed record CallRow
{
    /// <summary>chat or embeddings.</summary>
    public required string Operation { get; init; }

    /// <summary>Model that answered, or that was asked for where none answered.</summary>
    public required string Model { get; init; }

    /// <summary>HTTP calls, retries included.</summary>
    public long Calls { get; init; }

    /// <summary>Calls whose answer was whole.</summary>
    public long Ok { get; init; }

    /// <summary>Calls that failed.</summary>
    public long Errors { get; init; }

    /// <summary>Failed calls that were answered with 429.</summary>
    public long RateLimited { get; init; }

    /// <summary>Calls that the app left midway.</summary>
    public long Cancelled { get; init; }

    /// <summary>Calls that used tokens, or may have, but whose usage is not known.</summary>
    public long MissingUsage { get; init; }

    /// <summary>Input tokens.</summary>
    public long InputTokens { get; init; }

    /// <summary>Output tokens.</summary>
    public long OutputTokens { get; init; }

    /// <summary>The cached part of the input tokens.</summary>
    public long CachedTokens { get; init; }

    /// <summary>The reasoning part of the output tokens.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>Cost in US dollars; null when it is unknown.</summary>
    public double? Cost { get; init; }

    /// <summary>Calls whose tokens are known and whose price is not.</summary>
    public long Unpriced { get; init; }

    /// <summary>Median duration in seconds; null when it is unknown.</summary>
    public double? P50 { get; init; }

    /// <summary>Duration in seconds that 95 of 100 calls stay below; null when it is unknown.</summary>
    public double? P95 { get; init; }
}
