using System.Runtime.InteropServices;

namespace LlmMetrics.Testing;

/// <summary>One value of a series.</summary>
/// <param name="Time">When.</param>
/// <param name="Value">The value; may be NaN or infinite.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PromPoint(DateTimeOffset Time, double Value);
