namespace LlmMetrics.Benchmarks.Memory;

/// <summary>What one more series keeps on the managed heap.</summary>
internal static class MemoryPerSeries
{
    public static void Run() => Console.WriteLine("later");
}
