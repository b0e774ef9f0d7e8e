using System.Diagnostics.Metrics;

namespace LlmMetrics.Benchmarks.Recording;

/// <summary>The instruments that hand-written code would declare for the series of the default profile.</summary>
internal static class SdkInstruments
{
    public const string MeterName = "HandWritten";

    private static readonly InstrumentAdvice<long> _tokenBuckets = new()
    {
        HistogramBucketBoundaries =
            [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
    };

    private static readonly InstrumentAdvice<double> _secondBuckets = new()
    {
        HistogramBucketBoundaries =
            [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
    };

    private static readonly Meter _meter = new(MeterName);

    public static readonly Histogram<long> TokenUsage =
        _meter.CreateHistogram("gen_ai.client.token.usage", "{token}", null, advice: _tokenBuckets);

    public static readonly Histogram<double> Duration =
        _meter.CreateHistogram("gen_ai.client.operation.duration", "s", null, advice: _secondBuckets);

    public static readonly Counter<long> Calls = _meter.CreateCounter<long>("llm.calls");

    public static readonly Counter<long> Attempts = _meter.CreateCounter<long>("llm.attempts");

    public static readonly Counter<long> Tokens = _meter.CreateCounter<long>("llm.tokens");

    public static readonly Counter<double> Cost = _meter.CreateCounter<double>("llm.cost.usd");

    public static readonly Counter<double> Savings = _meter.CreateCounter<double>("llm.cost.cache_savings.usd");
}
