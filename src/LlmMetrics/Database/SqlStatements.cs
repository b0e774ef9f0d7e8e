using System.Data;
using LlmMetrics.Collection;

namespace LlmMetrics.Database;

/// <summary>
/// The summaries of statements that apps send again and again, the same string or an equal one.
/// </summary>
internal static class SqlStatements
{
    private const int Sets = 512;
    private const int Ways = 2;

    /// <summary>Longer ones are not kept, so that the cache holds 16 MB of text at the very most.</summary>
    private const int MaxKeptLength = 8_192;

    private static readonly Entry?[] _entries = new Entry?[Sets * Ways];

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

        // Two places for each, because of statements that differ only in what the hash does not look at.
        var set = (int)(KeyHash.Finish(KeyHash.Sample(sql)) % Sets) * Ways;
        ref var recent = ref _entries[set];
        ref var older = ref _entries[set + 1];
        if ((Kept(recent, sql) ?? Kept(older, sql)) is { } entry)
        {
            return entry.Summary;
        }

        var summary = SqlSummariser.Summarise(sql);
        if (sql.Length <= MaxKeptLength)
        {
            Volatile.Write(ref older, recent);
            Volatile.Write(ref recent, new Entry(sql, summary));
        }

        return summary;
    }

    private static Entry? Kept(Entry? entry, string sql) => entry is not null && entry.Sql == sql ? entry : null;

    /// <summary>The text is the name of a procedure or of a table.</summary>
    private static SqlSummary Direct(string name, CommandType type)
    {
        var operation = type == CommandType.StoredProcedure ? "CALL" : "SELECT";
        return new SqlSummary(operation, name.Length > SqlLexer.MaxLength ? null : SqlSummariser.Name(name));
    }

    private sealed record Entry(string Sql, SqlSummary Summary);
}
