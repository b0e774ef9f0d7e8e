namespace LlmMetrics;

/// <summary>What an endpoint is checked against.</summary>
public sealed record CheckOptions
{
    /// <summary>The profile whose metrics must be there; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>A metric with more series than this is reported.</summary>
    /// <value>2000, the library's own limit.</value>
    public int MaxSeries { get; init; } = 2000;

    /// <summary>A label with more values than this is reported.</summary>
    /// <value>100, the library's own limit.</value>
    public int MaxLabelValues { get; init; } = 100;

    /// <summary>Prices that models should have.</summary>
    /// <value>Those that come with the library.</value>
    public PriceCatalogue Prices { get; init; } = PriceCatalogue.Embedded;

    /// <summary>The moment whose prices count.</summary>
    /// <value>None: of prices that change with time, the first ones. Set it to now.</value>
    public DateTimeOffset Date { get; init; }
}
