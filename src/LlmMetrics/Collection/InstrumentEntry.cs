using System.Diagnostics.Metrics;

namespace LlmMetrics.Collection;

/// <summary>An instrument of this library with the metric that its measurements are collected in.</summary>
internal sealed record InstrumentEntry(MetricStorage Storage, Instrument Instrument);
