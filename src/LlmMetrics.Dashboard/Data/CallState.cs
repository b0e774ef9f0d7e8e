namespace LlmMetrics.Data;

/// <summary>What the book of calls held at one moment.</summary>
internal sealed record CallState(
    TallyState Total,
    TallyState Recent,
    IReadOnlyList<PointState> Points,
    IReadOnlyList<RowState> Models,
    IReadOnlyList<RowState> Agents,
    IReadOnlyList<RowState> Features,
    IReadOnlyList<RowState> Workflows);
