namespace LlmMetrics.Monitoring;

/// <summary>A file of a stack.</summary>
/// <param name="Path">Its path below the stack's folder, with <c>/</c>.</param>
/// <param name="Text">Its text, with line feeds.</param>
public sealed record MonitoringFile(string Path, string Text);
