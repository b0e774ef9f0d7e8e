namespace LlmMetrics;

/// <summary>What was measured of one user's day (or of several users, or of a part of a day).</summary>
/// <remarks>Holds totals and distributions only, never prompts, answers or tag values.</remarks>
public sealed record WorkloadMeasurement
{
    /// <summary>Messages that the app received; null if that was not measured.</summary>
    public double? Messages { get; init; }

    /// <summary>Requests to the language model.</summary>
    public required double Requests { get; init; }

    /// <summary>Input tokens of all requests.</summary>
    public required double InputTokens { get; init; }

    /// <summary>Output tokens of all requests.</summary>
    public required double OutputTokens { get; init; }

    /// <summary>Mean response time of a request in milliseconds; null if that was not measured.</summary>
    public double? MeanResponseMs { get; init; }

    /// <summary>Length of the measurement in hours.</summary>
    /// <value>24.</value>
    public double Hours { get; init; } = 24;

    /// <summary>How many users were measured together.</summary>
    /// <value>1.</value>
    public int MeasuredUsers { get; init; } = 1;

    /// <summary>
    /// Requests by hour of the day (24 figures, all days together); null where the data do not cover a whole day. Then
    /// the documented daily profile stands in.
    /// </summary>
    public IReadOnlyList<double>? RequestsByHour { get; init; }

    /// <summary>Distribution of input tokens per request; null if only the total is known.</summary>
    public TokenHistogram? InputLengths { get; init; }

    /// <summary>Distribution of output tokens per request; null if only the total is known.</summary>
    public TokenHistogram? OutputLengths { get; init; }

    /// <summary>
    /// Index of dispersion of the requests: variance by mean of their number per minute, with the hourly pattern taken
    /// out. 1 is Poisson, more comes in bursts; null if the data cannot tell.
    /// </summary>
    public double? Dispersion { get; init; }

    /// <summary>Where the figures are from, for the report.</summary>
    /// <value>"typed figures".</value>
    public string Source { get; init; } = "typed figures";

    internal void ThrowIfInvalid()
    {
        Positive("--llm-requests", "LLM requests", Requests);
        Positive("--input-tokens", "input tokens", InputTokens);
        Positive("--output-tokens", "output tokens", OutputTokens);
        if (Messages is { } messages)
        {
            Positive("--messages", "messages", messages);
        }

        if (MeanResponseMs is { } response)
        {
            Positive("--avg-response-ms", "mean response time", response);
        }

        Positive("--hours", "length of the measurement", Hours);
        if (MeasuredUsers < 1)
        {
            throw new WorkloadException(
                "--measured-users", $"--measured-users is {MeasuredUsers}, but must be at least 1");
        }

        InputLengths?.ThrowIfInvalid("input tokens");
        OutputLengths?.ThrowIfInvalid("output tokens");
        if (RequestsByHour is { } hours && (hours.Count != 24 || hours.Any(static h => !(h >= 0)) || hours.Sum() <= 0))
        {
            throw new WorkloadException(
                "hourly pattern", "the hourly pattern needs 24 figures, none negative, not all zero");
        }
    }

    private static void Positive(string option, string what, double value)
    {
        if (!(value > 0) || double.IsInfinity(value))
        {
            throw new WorkloadException(
                option,
                FormattableString.Invariant(
                    $"{option} ({what}) is {value}, but must be above 0: give the figure that was measured"));
        }
    }
}
