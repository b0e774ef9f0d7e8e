namespace LlmMetrics.Monitoring;

/// <summary>Panels under a heading.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Panels">The panels, laid out from left to right in lines of 24 columns.</param>
public sealed record DashboardRow(string Title, params IReadOnlyList<Panel> Panels);
