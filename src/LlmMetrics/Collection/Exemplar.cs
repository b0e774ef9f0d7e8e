using System.Diagnostics;

namespace LlmMetrics;

/// <summary>A single measurement that belongs to a sampled trace.</summary>
public sealed class Exemplar
{
    internal Exemplar(double value, DateTimeOffset timestamp, ActivityTraceId traceId, ActivitySpanId spanId)
    {
        Value = value;
        Timestamp = timestamp;
        TraceId = traceId;
        SpanId = spanId;
    }

    /// <summary>The measured value, in the metric's unit.</summary>
    public double Value { get; }

    /// <summary>When it was measured.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>The trace.</summary>
    public ActivityTraceId TraceId { get; }

    /// <summary>The span.</summary>
    public ActivitySpanId SpanId { get; }

    /// <summary>The same trace with another value: one fact makes several measurements.</summary>
    internal Exemplar With(double value) => new(value, Timestamp, TraceId, SpanId);
}
