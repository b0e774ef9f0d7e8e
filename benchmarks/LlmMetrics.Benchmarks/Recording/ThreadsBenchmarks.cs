using BenchmarkDotNet.Attributes;
using OpenTelemetry.Metrics;

namespace LlmMetrics.Benchmarks.Recording;

/// <summary>The same calls from several threads at once, all on the series of one combination of tags.</summary>
public class ThreadsBenchmarks
{
    private const int TotalCalls = 320_000;

    private MeterProvider? _sdk;
    private LlmMetricsRuntime? _ours;
    private ThreadTeam _team = null!;

    [Params(1, 2, 16)]
    public int Threads { get; set; }

    [GlobalSetup(Target = nameof(SdkWithTagLists))]
    public void SetUpTagLists() => SetUpSdk(SdkTagLists.Record);

    [GlobalSetup(Target = nameof(SdkWithSpans))]
    public void SetUpSpans() => SetUpSdk(SdkSpans.Record);

    [GlobalSetup(Target = nameof(SdkWithExpressions))]
    public void SetUpExpressions() => SetUpSdk(SdkExpressions.Record);

    [GlobalSetup(Target = nameof(Ours))]
    public void SetUpOurs()
    {
        _ours = Recording.Ours.Create();
        var runtime = _ours;
        _team = ThreadTeam.Start(
            Threads, TotalCalls, (in CallInput call) => Recording.Ours.Record(runtime, in call));
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _team.Dispose();
        _ours?.Dispose();
        _sdk?.Dispose();
    }

    [Benchmark(OperationsPerInvoke = TotalCalls, Baseline = true)]
    public void SdkWithTagLists() => _team.Go();

    [Benchmark(OperationsPerInvoke = TotalCalls)]
    public void SdkWithSpans() => _team.Go();

    [Benchmark(OperationsPerInvoke = TotalCalls)]
    public void SdkWithExpressions() => _team.Go();

    [Benchmark(OperationsPerInvoke = TotalCalls)]
    public void Ours() => _team.Go();

    private void SetUpSdk(RecordOne record)
    {
        _sdk = SdkPipeline.Create(1);
        _team = ThreadTeam.Start(Threads, TotalCalls, record);
    }
}
