using System.Runtime.InteropServices;

namespace LlmMetrics.Workload.Simulation;

/// <summary>A stretch of time with a constant load.</summary>
/// <param name="Seconds">How long it is simulated.</param>
/// <param name="RequestsPerUserSecond">Requests of one user in a second.</param>
/// <param name="Segment">Where its requests are counted; negative: nowhere.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TimelinePiece(double Seconds, double RequestsPerUserSecond, int Segment);
