namespace LlmMetrics.Testing;

/// <summary>What promtool said.</summary>
/// <param name="ExitCode">0 if there is nothing to say.</param>
/// <param name="Findings">Its lines, such as <c>requests counter metrics should have "_total" suffix</c>.</param>
public sealed record PromtoolReport(int ExitCode, IReadOnlyList<string> Findings)
{
    /// <inheritdoc/>
    public override string ToString() => $"promtool: {ExitCode}\n{string.Join('\n', Findings)}";
}
