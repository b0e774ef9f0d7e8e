namespace LlmMetrics.Benchmarks.Recording;

/// <summary>US dollars per million tokens.</summary>
internal sealed record Rates(string Model, double Input, double Cached, double Output);
