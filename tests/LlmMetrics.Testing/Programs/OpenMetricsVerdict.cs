namespace LlmMetrics.Testing;

/// <summary>What python's prometheus_client made of a page.</summary>
/// <param name="Error">Why it was refused, or null.</param>
/// <param name="Families">What was read; empty if it was refused.</param>
public sealed record OpenMetricsVerdict(string? Error, IReadOnlyList<JudgedFamily> Families)
{
    /// <summary>Gets a value indicating whether the page was accepted.</summary>
    public bool IsAccepted => Error is null;

    /// <summary>Gets all samples of all families.</summary>
    public IEnumerable<JudgedSample> Samples => Families.SelectMany(static family => family.Samples);
}
