using System.Collections.Concurrent;
using System.Data.Common;

namespace LlmMetrics.Database;

/// <summary>
/// Sums up batches as the conventions do: <c>BATCH INSERT</c> if all commands do the same, else <c>BATCH</c>.
/// </summary>
internal static class SqlBatches
{
    private const string Mixed = "BATCH";

    // Operations are a closed list, so this is bounded.
    private static readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    public static SqlSummary Summarise(DbBatchCommandCollection commands)
    {
        if (commands.Count == 0)
        {
            return new SqlSummary(Mixed, null);
        }

        var first = SqlStatements.Summarise(commands[0].CommandText, commands[0].CommandType);
        if (commands.Count == 1)
        {
            return first;
        }

        var (operation, table) = first;
        for (var i = 1; i < commands.Count && (operation ?? table) is not null; i++)
        {
            var next = SqlStatements.Summarise(commands[i].CommandText, commands[i].CommandType);
            operation = next.Operation == operation ? operation : null;
            table = next.Table == table ? table : null;
        }

        return new SqlSummary(
            operation is null ? Mixed : _names.GetOrAdd(operation, static name => Mixed + " " + name), table);
    }
}
