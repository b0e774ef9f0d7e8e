using System.Data;
using System.Runtime.CompilerServices;

namespace LlmMetrics.Database;

/// <summary>
/// The summaries of statements that apps send again and again. Found by the identity of the string, which constants and
/// the caches of Dapper and EF Core keep; a statement put together each time is summed up each time.
/// </summary>
internal static class SqlStatements
{
    private const int Slots = 1_024;

    /// <summary>Longer ones are not kept, so that the cache holds 16 MB of text at the very most.</summary>
    private const int MaxKeptLength = 8_192;

    private static readonly Entry?[] s_entries = new Entry?[Slots];

    /// <summary>Sums up the text of a command. Never throws.</summary>
    public static SqlSummary Summarise(string? sql, CommandType type = CommandType.Text)
    {
        if (string.IsNullOrEmpty(sql))
        {
            return default;
        }

        if (type != CommandType.Text)
        {
            return Direct(sql, type);
        }

        ref var slot = ref s_entries[RuntimeHelpers.GetHashCode(sql) & (Slots - 1)];
        if (slot is { } entry && ReferenceEquals(entry.Sql, sql))
        {
            return entry.Summary;
        }

        var summary = SqlSummariser.Summarise(sql);
        if (sql.Length <= MaxKeptLength)
        {
            Volatile.Write(ref slot, new Entry(sql, summary));
        }

        return summary;
    }

    /// <summary>The text is the name of a procedure or of a table.</summary>
    private static SqlSummary Direct(string name, CommandType type)
    {
        var operation = type == CommandType.StoredProcedure ? "CALL" : "SELECT";
        return new SqlSummary(operation, name.Length > SqlLexer.MaxLength ? null : SqlSummariser.Name(name));
    }

    private sealed record Entry(string Sql, SqlSummary Summary);
}
