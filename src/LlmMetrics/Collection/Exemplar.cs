using System.Diagnostics;

namespace LlmMetrics;

/// <summary>A single measurement that belongs to a sampled trace.</summary>
public sealed class Exemplar
{
    internal Exemplar(double value, DateTimeOffset timestamp, ActivityContext trace)
    {
        Value = value;
        Timestamp = timestamp;
        TraceId = trace.TraceId;
        SpanId = trace.SpanId;
    }

    /// <summary>The measured value, in the metric's unit.</summary>
    public double Value { get; }

    /// <summary>When it was measured.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>The trace.</summary>
    public ActivityTraceId TraceId { get; }

    /// <summary>The span.</summary>
    public ActivitySpanId SpanId { get; }
}
