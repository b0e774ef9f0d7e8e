namespace LlmMetrics.Collection;

/// <summary>Takes a measurement over into a fact that profiles rename.</summary>
internal delegate void FactDerivation(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags);
