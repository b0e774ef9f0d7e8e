namespace LlmMetrics.Generators.Models;

/// <summary>What an attribute says: kind (a member of MeasuredKind) and name.</summary>
internal sealed record Measurement(string Kind, string Name);
