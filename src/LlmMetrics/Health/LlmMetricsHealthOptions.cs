namespace LlmMetrics;

/// <summary>What the health check looks at.</summary>
public sealed class LlmMetricsHealthOptions
{
    /// <summary>Whether an exporter that no longer succeeds is a failure.</summary>
    /// <value><see langword="true"/>.</value>
    public bool Exporters { get; set; } = true;

    /// <summary>How long ago an exporter may have succeeded last.</summary>
    /// <value>
    /// <see langword="null"/>: three times its interval, and its timeout. 1 second to 45 days.
    /// </value>
    public TimeSpan? MaxExportAge { get; set; }

    /// <summary>Whether a budget that is spent is a failure.</summary>
    /// <value><see langword="true"/>.</value>
    public bool Budgets { get; set; } = true;

    /// <summary>Whether a provider whose calls fail too often is a failure.</summary>
    /// <value><see langword="true"/>.</value>
    public bool Providers { get; set; } = true;

    /// <summary>Share of a provider's calls that may fail. Cancelled calls are no calls here.</summary>
    /// <value>0.5. Above 0, at most 1.</value>
    public double MaxErrorRate { get; set; } = 0.5;

    /// <summary>Calls of a provider without which its error rate says nothing.</summary>
    /// <value>10. 1 to 1,000,000.</value>
    public int MinCalls { get; set; } = 10;

    /// <summary>The time that the error rate looks back.</summary>
    /// <value>5 minutes. 10 seconds to 1 hour.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(5);
}
