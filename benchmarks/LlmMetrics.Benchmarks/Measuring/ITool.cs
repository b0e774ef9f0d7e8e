namespace LlmMetrics.Benchmarks.Measuring;

/// <summary>An interface for whose registrations the generator makes a measuring decorator.</summary>
public interface ITool
{
    /// <summary>Does next to nothing, at once.</summary>
    [Measured("bench_tool", Kind = MeasuredKind.Tool)]
    int Use(int value);
}
