using LlmMetrics.Calls;

namespace LlmMetrics.Data;

/// <summary>What calls came to under one name, since the start.</summary>
internal sealed record RowState(string Name, string? Provider, TallyState Tally)
{
    public static IReadOnlyList<RowState> Of(TallyTable table) =>
        [.. table.Rows.Select(static row => new RowState(row.Key.Name, row.Key.Provider, TallyState.Of(row.Value)))];
}
