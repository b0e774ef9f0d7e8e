using System.Diagnostics;
using System.Diagnostics.Metrics;
using LlmMetrics.Facts;
using LlmMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;

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

    [Fact]
    public void GetExemplar_RecordedAfterTheSnapshot_IsNotInIt()
    {
        var time = new ManualTimeProvider();
        using var runtime = RuntimeBuilder.Create(build: builder => builder.Services.AddSingleton<TimeProvider>(time));
        var first = Record(runtime, 0.5);
        using var owned = runtime.GetSnapshot();
        using var lease = runtime.LeaseSnapshot();
        Assert.Equal(first, ExemplarOf(owned, 0.5)!.TraceId);
        Assert.Equal(first, ExemplarOf(lease, 0.5)!.TraceId);

        time.Advance(TimeSpan.FromMilliseconds(1));
        var second = Record(runtime, 0.5);
        Record(runtime, 70);

        Assert.Null(ExemplarOf(owned, 0.5));
        Assert.Null(ExemplarOf(lease, 0.5));
        Assert.Null(ExemplarOf(owned, 70));
        Assert.Equal(second, ExemplarOf(runtime.GetSnapshot(), 0.5)!.TraceId);
        Assert.NotNull(ExemplarOf(runtime.GetSnapshot(), 70));
    }

    [Fact]
    public void GetExemplar_EmptyBucketAtTheSameInstant_IsNotInIt()
    {
        var time = new ManualTimeProvider();
        using var runtime = RuntimeBuilder.Create(build: builder => builder.Services.AddSingleton<TimeProvider>(time));
        Record(runtime, 0.5);
        using var snapshot = runtime.GetSnapshot();

        Record(runtime, 70);

        Assert.Null(ExemplarOf(snapshot, 70));
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

    private static ActivityTraceId Record(LlmMetricsRuntime runtime, double seconds)
    {
        var trace = new ActivityContext(
            ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        runtime.Record(new LlmCall
        {
            RequestModel = "m", Duration = TimeSpan.FromSeconds(seconds), TraceContext = trace,
        });
        return trace.TraceId;
    }

    private static Exemplar? ExemplarOf(MetricsSnapshot snapshot, double value)
    {
        Assert.True(snapshot.TryGetFamily("gen_ai.client.operation.duration", out var family));
        var bounds = family.Descriptor.Bounds.Span;
        var bucket = 0;
        while (bucket < bounds.Length && bounds[bucket] < value)
        {
            bucket++;
        }

        return family[0].GetExemplar(bucket);
    }
}
