using System.Collections.Frozen;

namespace LlmMetrics.Database;

/// <summary>
/// The keywords by name. Operations come out of here only, so that no text of a statement can become one.
/// </summary>
internal static class SqlWords
{
    private static readonly FrozenDictionary<string, (SqlWord Word, string Text)> _words = Words();

    private static readonly FrozenDictionary<string, (SqlWord Word, string Text)>
        .AlternateLookup<ReadOnlySpan<char>> _find = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] _objects =
    [
        "TABLE", "INDEX", "VIEW", "MATERIALIZED", "SEQUENCE", "FUNCTION", "PROCEDURE", "TRIGGER", "SCHEMA", "DATABASE",
        "TYPE", "ROLE", "USER", "EXTENSION", "DOMAIN", "POLICY", "RULE", "PUBLICATION", "SUBSCRIPTION", "SERVER",
        "STATISTICS", "SYNONYM", "PACKAGE", "LOGIN", "SYSTEM",
    ];

    private static readonly FrozenDictionary<string, string> _creations = Definitions("CREATE");
    private static readonly FrozenDictionary<string, string> _alterations = Definitions("ALTER");
    private static readonly FrozenDictionary<string, string> _drops = Definitions("DROP");

    public static SqlWord Find(ReadOnlySpan<char> word, out string text)
    {
        if (_find.TryGetValue(word, out var found))
        {
            text = found.Text;
            return found.Word;
        }

        text = string.Empty;
        return SqlWord.None;
    }

    public static SqlWord Find(ReadOnlySpan<char> word) => Find(word, out _);

    /// <summary><c>CREATE TABLE</c> and the like, if the word is a kind of object that is known.</summary>
    public static bool TryDefine(string verb, ReadOnlySpan<char> word, out string operation)
    {
        var known = verb switch { "CREATE" => _creations, "ALTER" => _alterations, _ => _drops };
        return known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out operation!);
    }

    private static FrozenDictionary<string, string> Definitions(string verb) => _objects.ToFrozenDictionary(
        static kind => kind,
        kind => verb + " " + (kind == "MATERIALIZED" ? "MATERIALIZED VIEW" : kind),
        StringComparer.OrdinalIgnoreCase);

    private static FrozenDictionary<string, (SqlWord Word, string Text)> Words()
    {
        var words = new Dictionary<string, (SqlWord, string)>(StringComparer.OrdinalIgnoreCase);
        Add(SqlWord.Plain, "GRANT REVOKE DO COMMENT LOCK VACUUM REINDEX CLUSTER REFRESH NOTIFY LISTEN UNLISTEN FETCH "
            + "CLOSE PREPARE DEALLOCATE DISCARD SHOW DESCRIBE DESC USE PRAGMA ATTACH DETACH VALUES CHECKPOINT KILL "
            + "LOAD UNLOAD OPTIMIZE BACKUP RESTORE IMPORT EXPORT BULK DENY SECURITY REASSIGN ANALYZE ANALYSE MOVE");
        Add(SqlWord.Prelude, "SET RESET BEGIN START COMMIT END ROLLBACK ABORT SAVEPOINT RELEASE DECLARE WHILE "
            + "EXPLAIN PRINT WAITFOR LET");
        foreach (var (word, name) in new[]
        {
            (SqlWord.With, "WITH"), (SqlWord.Select, "SELECT"), (SqlWord.Insert, "INSERT"),
            (SqlWord.Insert, "REPLACE"), (SqlWord.Insert, "UPSERT"), (SqlWord.Update, "UPDATE"),
            (SqlWord.Delete, "DELETE"), (SqlWord.Merge, "MERGE"), (SqlWord.Copy, "COPY"), (SqlWord.Call, "CALL"),
            (SqlWord.Call, "EXECUTE"), (SqlWord.Define, "CREATE"), (SqlWord.Define, "ALTER"), (SqlWord.Define, "DROP"),
            (SqlWord.Truncate, "TRUNCATE"), (SqlWord.From, "FROM"), (SqlWord.Join, "JOIN"), (SqlWord.Into, "INTO"),
            (SqlWord.On, "ON"), (SqlWord.As, "AS"), (SqlWord.Distinct, "DISTINCT"), (SqlWord.Top, "TOP"),
            (SqlWord.Recursive, "RECURSIVE"), (SqlWord.If, "IF"),
        })
        {
            words.Add(name, (word, name));
        }

        words.Add("EXEC", (SqlWord.Call, "EXECUTE"));
        Add(SqlWord.Modifier, "ONLY LATERAL TABLE IGNORE OVERWRITE LOW_PRIORITY HIGH_PRIORITY DELAYED QUICK ALL OR "
            + "FAIL NOT EXISTS CONCURRENTLY");
        Add(SqlWord.Quality, "TEMP TEMPORARY UNLOGGED GLOBAL LOCAL UNIQUE FOREIGN VIRTUAL CLUSTERED NONCLUSTERED "
            + "COLUMNSTORE FULLTEXT SPATIAL EXTERNAL TRANSIENT IMMEDIATE CONSTRAINT EVENT");
        return words.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

        void Add(SqlWord word, string names)
        {
            foreach (var name in names.Split(' '))
            {
                words.Add(name, (word, name));
            }
        }
    }
}
