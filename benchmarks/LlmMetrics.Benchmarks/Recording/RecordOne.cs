namespace LlmMetrics.Benchmarks.Recording;

/// <summary>Records one call.</summary>
internal delegate void RecordOne(in CallInput call);
