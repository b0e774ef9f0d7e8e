namespace LlmMetrics;

/// <summary>One user's day, with what a single measurement can tell of it.</summary>
public sealed record UserFigures
{
    /// <summary>Messages per day; null if they were not measured.</summary>
    public required double? Messages { get; init; }

    /// <summary>LLM requests per day.</summary>
    public required double Requests { get; init; }

    /// <summary>Interval of the requests per day: what a day of a user like this one may bring.</summary>
    public required ConfidenceInterval RequestsInterval { get; init; }

    /// <summary>Input tokens per day.</summary>
    public required double InputTokens { get; init; }

    /// <summary>Output tokens per day.</summary>
    public required double OutputTokens { get; init; }

    /// <summary>Interval of the output tokens per day.</summary>
    public required ConfidenceInterval OutputTokensInterval { get; init; }

    /// <summary>Busiest hour of the day (UTC).</summary>
    public required int PeakHour { get; init; }

    /// <summary>Share of the day's requests in it, 0 to 1.</summary>
    public required double PeakShare { get; init; }

    /// <summary>Share of the day's requests by hour; 24 figures.</summary>
    public required IReadOnlyList<double> HourShares { get; init; }

    /// <summary>Whether the hourly pattern is from the data, or the documented daily profile.</summary>
    public required bool IsPatternMeasured { get; init; }

    /// <summary>Load in the peak hour, by what was measured, at the ends of the interval: 1 is as measured.</summary>
    public required ConfidenceInterval LoadFactor { get; init; }

    /// <summary>Index of dispersion used; 1 is Poisson.</summary>
    public required double Dispersion { get; init; }
}
