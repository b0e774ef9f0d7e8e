namespace LlmMetrics.Testing;

/// <summary>What Prometheus says about something that it scrapes.</summary>
/// <param name="Job">The scrape job.</param>
/// <param name="Address">What is scraped.</param>
/// <param name="IsUp">Whether the last scrape was accepted.</param>
/// <param name="LastError">Why not; empty if it was.</param>
public sealed record PromTarget(string Job, string Address, bool IsUp, string LastError);
