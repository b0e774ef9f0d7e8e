namespace LlmMetrics.Receiver;

/// <summary>One span, as it was received.</summary>
internal sealed record OtlpSpan(
    string Name,
    string Scope,
    string TraceId,
    string SpanId,
    string ParentId,
    IReadOnlyDictionary<string, string> Resource,
    IReadOnlyDictionary<string, string> Tags);
