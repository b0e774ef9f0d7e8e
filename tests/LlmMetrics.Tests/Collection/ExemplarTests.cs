using System.Diagnostics;
using System.Diagnostics.Metrics;
using LlmMetrics.Facts;

namespace LlmMetrics.Tests.Collection;

public sealed class ExemplarTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Record_CallWithTrace_HasAnExemplarOnlyWhenSampled(bool sampled)
    {
        using var runtime = RuntimeBuilder.Create();
        var trace = new ActivityContext(
            ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(),
            sampled ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None);

        runtime.Record(new LlmCall { RequestModel = "m", Duration = TimeSpan.FromSeconds(0.5), TraceContext = trace });

        Assert.True(runtime.GetSnapshot().TryGetFamily("gen_ai.client.operation.duration", out var family));
        var bucket = family[0].BucketCounts.IndexOf(1);
        var exemplar = family[0].GetExemplar(bucket);
        Assert.Equal(sampled, exemplar is not null);
        if (sampled)
        {
            Assert.Equal(trace.TraceId, exemplar!.TraceId);
            Assert.Equal(trace.SpanId, exemplar.SpanId);
            Assert.Equal(0.5, exemplar.Value);
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void Record_CallWithSpan_OtherListenersSeeItAsCurrentOnlyWhenSampled(bool sampled, bool throws)
    {
        using var runtime = RuntimeBuilder.Create();
        using var app = new Activity("app").Start();
        using var span = new Activity("call");
        span.ActivityTraceFlags = sampled ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None;
        span.Start();
        Activity.Current = app;
        var seen = new List<Activity?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == runtime.Registry.Meter && instrument.Name == "llm.calls")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) =>
        {
            seen.Add(Activity.Current);
            if (throws)
            {
                throw new InvalidOperationException("listener");
            }
        });
        listener.Start();
        var fact = default(FactData);
        fact.KeyFields[(int)FactField.RequestModel] = "m";
        fact.Trace = span.Context;
        fact.Span = span;

        runtime.Recorder.Record(FactKind.LlmCall, in fact);

        Assert.Same(sampled ? span : app, Assert.Single(seen));
        Assert.Same(app, Activity.Current);
    }
}
