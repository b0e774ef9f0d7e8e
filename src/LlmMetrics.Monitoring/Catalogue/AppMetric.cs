namespace LlmMetrics.Monitoring;

/// <summary>
/// A metric that no profile defines: one of the app's own (<see cref="BusinessMetrics"/>) or of another meter.
/// </summary>
/// <param name="Name">Name of the instrument in full, such as <c>shop.questions</c>.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Unit">Its unit in UCUM notation, as the instrument has it.</param>
/// <param name="Tags">Its tags.</param>
public sealed record AppMetric(string Name, MetricKind Kind, string Unit, params IReadOnlyList<string> Tags);
