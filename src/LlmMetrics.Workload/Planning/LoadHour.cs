namespace LlmMetrics;

/// <summary>One hour of the simulated day.</summary>
public sealed record LoadHour
{
    /// <summary>Hour of the day (UTC, 0 to 23).</summary>
    public required int Hour { get; init; }

    /// <summary>Requests in the hour.</summary>
    public required double Requests { get; init; }

    /// <summary>Tokens per second, input and output, on average.</summary>
    public required double TokensPerSecond { get; init; }

    /// <summary>Requests in the system, on average.</summary>
    public required double MeanConcurrency { get; init; }

    /// <summary>95th percentile of the response time in milliseconds; null in an hour without requests.</summary>
    public required double? P95Ms { get; init; }
}
