namespace LlmMetrics.Tool;

/// <summary>One column of a table.</summary>
/// <param name="Heading">What stands above it.</param>
/// <param name="IsFigure">Whether it is aligned to the right.</param>
/// <param name="Wraps">Whether it may be broken into lines where the terminal is narrow.</param>
internal sealed record TableColumn(string Heading, bool IsFigure = false, bool Wraps = false);
