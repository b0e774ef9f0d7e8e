namespace LlmMetrics.Tool;

/// <summary>One column of a table.</summary>
/// <param name="Heading">What stands above it.</param>
/// <param name="IsFigure">Whether it is aligned to the right.</param>
internal sealed record TableColumn(string Heading, bool IsFigure = false);
