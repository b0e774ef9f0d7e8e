using LlmMetrics.Collection;
using LlmMetrics.Facts;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Benchmarks.Measuring;

/// <summary>The ways to measure a tool that completes at once, and what they are compared with.</summary>
internal sealed class MeasuredTools : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly LlmMetricsRuntime _runtime;
    private readonly BoundFact _bound;
    private readonly ITool _decorated;
    private readonly Tool _tool = new();
    private readonly Func<int> _use;
    private readonly Func<CancellationToken, ValueTask<int>> _useAsync;

    private MeasuredTools()
    {
        var services = new ServiceCollection();
        services.AddLlmMetrics(static options => options.Meters.Clear());
        services.AddMeasured<ITool, Tool>();
        _services = services.BuildServiceProvider();
        _runtime = _services.GetRequiredService<LlmMetricsRuntime>();
        _decorated = _services.GetRequiredService<ITool>();
        _use = () => _tool.Use(1);
        _useAsync = _ => new ValueTask<int>(_tool.Use(1));
        var key = default(FactData);
        key.KeyFields[(int)FactField.Tool] = "bench_tool";
        key.Closed.HasOutcome = true;
        _bound = _runtime.Recorder.Bind(FactKind.ToolRun, in key)!;
    }

    public static MeasuredTools Create() => new();

    /// <summary>The yardstick: two timestamps and one record on a series that is bound.</summary>
    public int TimestampsAndBoundRecord()
    {
        var started = _runtime.Time.GetTimestamp();
        var result = _tool.Use(1);
        _bound.Record(_runtime.Time.GetElapsedTime(started).TotalSeconds);
        return result;
    }

    public int ToolByHelper() => _runtime.MeasureTool("bench_tool", _use);

    public int FunctionByHelper() => _runtime.Measure("bench_function", _use);

    public int ToolByHelperAsync()
    {
        var task = _runtime.MeasureToolAsync("bench_tool", _useAsync);
        return task.IsCompletedSuccessfully ? task.GetAwaiter().GetResult() : throw new InvalidOperationException();
    }

    public int ToolByUsing()
    {
        using var run = _runtime.StartTool("bench_tool");
        return _tool.Use(1);
    }

    public int ToolByAttribute() => _decorated.Use(1);

    public int AgentByHelper() => _runtime.MeasureAgent("bench_agent", _use);

    public void Dispose() => _services.Dispose();
}
