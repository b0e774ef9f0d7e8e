using System.Runtime.InteropServices;

namespace LlmMetrics;

/// <summary>A 95 % confidence interval.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ConfidenceInterval(double Low, double High);
