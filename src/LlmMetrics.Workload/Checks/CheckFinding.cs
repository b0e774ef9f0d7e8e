namespace LlmMetrics;

/// <summary>Something about an endpoint that should be looked at.</summary>
/// <param name="Rule">
/// Name of the rule: <c>format</c>, <c>cardinality</c>, <c>missing</c>, <c>unpriced</c>, <c>folded</c>.
/// </param>
/// <param name="Subject">The metric, label or model.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Line">Line of the page, from 1; null where it is not about one line.</param>
public sealed record CheckFinding(string Rule, string Subject, string Message, int? Line = null);
