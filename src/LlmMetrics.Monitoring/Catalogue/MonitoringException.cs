namespace LlmMetrics.Monitoring;

/// <summary>
/// A dashboard or rule that cannot be emitted. The message names it, and the metric or label that it asks for in vain.
/// </summary>
/// <param name="message">What is wrong.</param>
public sealed class MonitoringException(string message) : Exception(message);
