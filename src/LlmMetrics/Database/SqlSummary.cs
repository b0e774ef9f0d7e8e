namespace LlmMetrics.Database;

/// <summary>What a statement does and to which table: all that metrics are told of it.</summary>
/// <param name="Operation">One of a closed list, such as <c>SELECT</c> or <c>CREATE TABLE</c>; null if unknown.</param>
/// <param name="Table">The table, or the procedure of a call, without schema and quotes; null if unknown.</param>
internal readonly record struct SqlSummary(string? Operation, string? Table);
