using System.Runtime.InteropServices;

namespace LlmMetrics.Workload.Simulation;

/// <summary>A request on its way through the system.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Sequence
{
    public double Arrival;
    public double Joined;
    public double Input;
    public double Output;

    /// <summary>Part of the timeline that it arrived in; negative ones are not counted.</summary>
    public int Segment;

    public readonly double Reserved => Input + Output;

    /// <summary>Its context on average over its decode steps.</summary>
    public readonly double Context => Input + (Output / 2);
}
