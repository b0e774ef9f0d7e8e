using BenchmarkDotNet.Attributes;

namespace LlmMetrics.Benchmarks.Recording;

/// <summary>What a call site pays when nothing is collected and nobody listens.</summary>
public class SwitchedOffBenchmarks
{
    private const int Calls = 64;

    private LlmMetricsRuntime _runtime = null!;

    [GlobalSetup]
    public void SetUp() => _runtime = Ours.Create(collect: false);

    [GlobalCleanup]
    public void CleanUp() => _runtime.Dispose();

    [Benchmark(OperationsPerInvoke = Calls)]
    public int IsEnabled()
    {
        var enabled = 0;
        for (var i = 0; i < Calls; i++)
        {
            enabled += _runtime.IsEnabled(FactKind.LlmCall) ? 1 : 0;
        }

        return enabled;
    }
}
