namespace Quickstart.Report;

/// <summary>What was measured of one agent: a row of the table.</summary>
public sealed record AgentRow
{
    /// <summary>Its name.</summary>
    public required string Agent { get; init; }

    /// <summary>Runs.</summary>
    public long Runs { get; init; }

    /// <summary>Runs that did not end well.</summary>
    public long Errors { get; init; }

    /// <summary>Calls to models made inside the runs.</summary>
    public long Calls { get; init; }

    /// <summary>Their input tokens.</summary>
    public long InputTokens { get; init; }

    /// <summary>Their output tokens.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Their cost in US dollars; null when it is unknown.</summary>
    public double? Cost { get; init; }

    /// <summary>Median duration of a run in seconds; null when it is unknown.</summary>
    public double? P50 { get; init; }

    /// <summary>Duration in seconds that 95 of 100 runs stay below; null when it is unknown.</summary>
    public double? P95 { get; init; }
}
