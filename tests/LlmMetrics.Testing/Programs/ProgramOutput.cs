namespace LlmMetrics.Testing;

/// <summary>What a finished program left.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record ProgramOutput(int ExitCode, string Output, string Error);
