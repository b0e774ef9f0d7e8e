using BenchmarkDotNet.Attributes;

namespace LlmMetrics.Benchmarks.Measuring;

/// <summary>What it costs to measure a tool, a function or an agent that completes at once.</summary>
public class RunBenchmarks
{
    private MeasuredTools _tools = null!;

    [GlobalSetup]
    public void SetUp() => _tools = MeasuredTools.Create();

    [GlobalCleanup]
    public void CleanUp() => _tools.Dispose();

    [Benchmark(Baseline = true)]
    public int TimestampsAndBoundRecord() => _tools.TimestampsAndBoundRecord();

    [Benchmark]
    public int ToolByHelper() => _tools.ToolByHelper();

    [Benchmark]
    public int FunctionByHelper() => _tools.FunctionByHelper();

    [Benchmark]
    public int ToolByHelperAsync() => _tools.ToolByHelperAsync();

    [Benchmark]
    public int ToolByUsing() => _tools.ToolByUsing();

    [Benchmark]
    public int ToolByAttribute() => _tools.ToolByAttribute();

    [Benchmark]
    public int AgentByHelper() => _tools.AgentByHelper();
}
