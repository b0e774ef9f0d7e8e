using System.Runtime.CompilerServices;

namespace LlmMetrics.Benchmarks.Measuring;

/// <summary>Nothing that time could be spent in.</summary>
public sealed class Tool : ITool
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Use(int value) => value + 1;
}
