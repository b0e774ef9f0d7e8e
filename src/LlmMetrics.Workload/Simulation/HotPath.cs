using System.Runtime.CompilerServices;

namespace LlmMetrics.Workload.Simulation;

/// <summary>
/// How the methods are compiled that run for every request. A plan for a hundred users is done before the runtime
/// would have noticed that they are hot, so left to itself it would spend most of that time in unoptimised code.
/// </summary>
internal static class HotPath
{
    public const MethodImplOptions Optimised = MethodImplOptions.AggressiveOptimization;
}
