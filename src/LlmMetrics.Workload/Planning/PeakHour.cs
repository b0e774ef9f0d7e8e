namespace LlmMetrics;

/// <summary>The busiest hour with the planned GPUs.</summary>
public sealed record PeakHour
{
    /// <summary>Hour of the day (UTC, 0 to 23).</summary>
    public required int Hour { get; init; }

    /// <summary>Response times.</summary>
    public required ResponseTimes Response { get; init; }

    /// <summary>95 % interval of the simulation for the P95, in milliseconds.</summary>
    public required ConfidenceInterval P95Interval { get; init; }

    /// <summary>Requests per second.</summary>
    public required double RequestsPerSecond { get; init; }

    /// <summary>Input tokens per second.</summary>
    public required double InputTokensPerSecond { get; init; }

    /// <summary>Output tokens per second.</summary>
    public required double OutputTokensPerSecond { get; init; }

    /// <summary>Requests in the system, on average.</summary>
    public required double MeanConcurrency { get; init; }

    /// <summary>Requests in the system, at most.</summary>
    public required int MaxConcurrency { get; init; }

    /// <summary>Requests that wait for a place, on average.</summary>
    public required double MeanQueue { get; init; }

    /// <summary>Requests that wait for a place, at most.</summary>
    public required int MaxQueue { get; init; }

    /// <summary>Share of the time in which a replica works, 0 to 1.</summary>
    public required double Utilisation { get; init; }
}
