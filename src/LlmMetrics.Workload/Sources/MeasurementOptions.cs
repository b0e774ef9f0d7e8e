namespace LlmMetrics;

/// <summary>How a measurement is read.</summary>
public sealed record MeasurementOptions
{
    /// <summary>
    /// The profile whose names the app used: <c>genai</c>, <c>genai-next</c>, <c>prefixed:NAME</c>,
    /// <c>figures:NAME</c>.
    /// </summary>
    /// <value>genai.</value>
    public string Profile { get; init; } = "genai";

    /// <summary>A counter of messages, if the profile has none.</summary>
    public string? MessagesMetric { get; init; }

    /// <summary>Length of the measurement in hours; null for what the data say.</summary>
    public double? Hours { get; init; }

    /// <summary>How far back to read; null for 24 hours from a server and for all files of a folder.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>End of the window; null for now.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>How many users were measured together.</summary>
    /// <value>1.</value>
    public int MeasuredUsers { get; init; } = 1;
}
