namespace LlmMetrics.Data;

/// <summary>What calls came to under one name, since the start.</summary>
internal sealed record RowState(string Name, string? Provider, TallyState Tally);
