using BenchmarkDotNet.Attributes;
using OpenTelemetry.Metrics;

namespace LlmMetrics.Benchmarks.Recording;

/// <summary>One call on a language model: ten updates of nine series, in 64 combinations of tags.</summary>
public class RecordingBenchmarks
{
    private CallSource _calls = null!;
    private MeterProvider? _sdk;
    private LlmMetricsRuntime? _ours;

    [Params(Strings.Fresh, Strings.Copies, Strings.Interned)]
    public Strings Strings { get; set; }

    [GlobalSetup(Targets = [nameof(StringsAlone), nameof(NobodyListens)])]
    public void SetUpSource() => _calls = new CallSource(Strings);

    [GlobalSetup(Targets = [nameof(SdkWithTagLists), nameof(SdkWithSpans), nameof(SdkWithExpressions)])]
    public void SetUpSdk() => SetUpSdk(1);

    [GlobalSetup(Targets =
    [
        nameof(SdkWithTagListsAndTwoReaders),
        nameof(SdkWithSpansAndTwoReaders),
        nameof(SdkWithExpressionsAndTwoReaders),
    ])]
    public void SetUpSdkWithTwoReaders() => SetUpSdk(2);

    [GlobalSetup(Target = nameof(Ours))]
    public void SetUpOurs()
    {
        SetUpSource();
        _ours = Recording.Ours.Create();
    }

    [GlobalSetup(Target = nameof(OursBesideSdk))]
    public void SetUpOursBesideSdk()
    {
        SetUpSource();
        _sdk = SdkPipeline.Create(1, LlmMetricsNames.Meter);
        _ours = Recording.Ours.Create();
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _ours?.Dispose();
        _sdk?.Dispose();
    }

    [Benchmark(OperationsPerInvoke = CallSource.Sets)]
    public long StringsAlone()
    {
        long sum = 0;
        for (var i = 0; i < CallSource.Sets; i++)
        {
            var call = _calls.Next();
            sum += call.OutputTokens + call.Tenant.Length;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = CallSource.Sets)]
    public void NobodyListens() => RecordTagLists();

    [Benchmark(OperationsPerInvoke = CallSource.Sets, Baseline = true)]
    public void SdkWithTagLists() => RecordTagLists();

    [Benchmark(OperationsPerInvoke = CallSource.Sets)]
    public void SdkWithSpans() => RecordSpans();

    [Benchmark(OperationsPerInvoke = CallSource.Sets)]
    public void SdkWithExpressions() => RecordExpressions();

    [Benchmark(OperationsPerInvoke = CallSource.Sets)]
    public void SdkWithExpressionsAndTwoReaders() => RecordExpressions();

    [Benchmark(OperationsPerInvoke = CallSource.Sets)]
    public void SdkWithTagListsAndTwoReaders() => RecordTagLists();

    [Benchmark(OperationsPerInvoke = CallSource.Sets)]
    public void SdkWithSpansAndTwoReaders() => RecordSpans();

    [Benchmark(OperationsPerInvoke = CallSource.Sets)]
    public void Ours() => RecordOurs();

    [Benchmark(OperationsPerInvoke = CallSource.Sets)]
    public void OursBesideSdk() => RecordOurs();

    private void SetUpSdk(int readers)
    {
        SetUpSource();
        _sdk = SdkPipeline.Create(readers);
    }

    private void RecordTagLists()
    {
        for (var i = 0; i < CallSource.Sets; i++)
        {
            SdkTagLists.Record(_calls.Next());
        }
    }

    private void RecordSpans()
    {
        for (var i = 0; i < CallSource.Sets; i++)
        {
            SdkSpans.Record(_calls.Next());
        }
    }

    private void RecordExpressions()
    {
        for (var i = 0; i < CallSource.Sets; i++)
        {
            SdkExpressions.Record(_calls.Next());
        }
    }

    private void RecordOurs()
    {
        for (var i = 0; i < CallSource.Sets; i++)
        {
            Recording.Ours.Record(_ours!, _calls.Next());
        }
    }
}
