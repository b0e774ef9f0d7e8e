using LlmMetrics.Benchmarks.Recording;

namespace LlmMetrics.Benchmarks.Tests.Recording;

/// <summary>A ratio says nothing unless both sides do the same.</summary>
public sealed class BaselineCheckTests
{
    [Fact]
    public void Run_EveryStyle_UpdatesTheSameSeriesAsTheLibrary()
    {
        using var report = new StringWriter();

        Assert.True(BaselineCheck.Run(SdkStyles.All, report), report.ToString());
        Assert.Contains("gen_ai.client.token.usage", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_StyleThatLeavesSomethingOut_IsNoticed()
    {
        RecordOne lazy = static (in CallInput call) => SdkInstruments.Calls.Add(
            1, new KeyValuePair<string, object?>("model", call.ResponseModel));

        Assert.False(BaselineCheck.Run([("lazy", lazy)], TextWriter.Null));
    }

    [Fact]
    public void Run_StyleThatCountsMore_IsNoticed()
    {
        RecordOne twice = static (in CallInput call) =>
        {
            SdkSpans.Record(in call);
            SdkInstruments.Attempts.Add(1, new("provider", call.Provider), new("model", call.RequestModel));
        };

        Assert.False(BaselineCheck.Run([("twice", twice)], TextWriter.Null));
    }
}
