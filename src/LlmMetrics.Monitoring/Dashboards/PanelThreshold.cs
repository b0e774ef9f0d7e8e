namespace LlmMetrics;

/// <summary>From which value on a figure has which colour.</summary>
/// <param name="From">The value; null for everything below the first.</param>
/// <param name="Colour">A colour of Grafana, such as <c>green</c>, <c>yellow</c> or <c>red</c>.</param>
public sealed record PanelThreshold(double? From, string Colour);
