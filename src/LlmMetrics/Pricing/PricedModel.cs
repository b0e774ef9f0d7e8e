using System.Runtime.InteropServices;

namespace LlmMetrics;

/// <summary>A model that a price catalogue has a price for.</summary>
/// <param name="Provider">Provider, as the catalogue names it.</param>
/// <param name="Model">Model, as the catalogue names it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PricedModel(string Provider, string Model);
