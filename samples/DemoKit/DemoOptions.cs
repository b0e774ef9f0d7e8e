namespace DemoKit;

/// <summary>What the command line of a sample says.</summary>
public sealed record DemoOptions
{
    /// <summary>Whether providers are simulated and a load fills every metric.</summary>
    public bool Demo { get; init; }

    /// <summary>Whether the sample ends by itself after the demo.</summary>
    public bool Exit { get; init; }

    /// <summary>Where the app listens.</summary>
    public required string Urls { get; init; }

    /// <summary>Port of the metrics where it is not the app's; 0 takes a free one.</summary>
    public int MetricsPort { get; init; }

    /// <summary>Pace of the simulated providers: 1 is a real one's.</summary>
    public double Speed { get; init; } = 10;

    /// <summary>Rounds of load after which the demo rests; null for no end.</summary>
    public int? Rounds { get; init; }
}
