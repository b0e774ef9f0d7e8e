namespace LlmMetrics.Monitoring;

/// <summary>A Prometheus recording rule: an expression whose result becomes a series.</summary>
/// <param name="Record">Name of the new series, such as <c>job:shop_llm_cost_usd:increase1h</c>.</param>
/// <param name="Expression">PromQL with the names of instruments, as in <see cref="PanelQuery.Expression"/>.</param>
public sealed record RecordingRule(string Record, string Expression);
