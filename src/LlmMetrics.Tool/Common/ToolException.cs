namespace LlmMetrics.Tool;

/// <summary>Ends a verb with a message on standard error and an exit code.</summary>
internal sealed class ToolException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
