using System.Runtime.CompilerServices;

namespace LlmMetrics.Database;

/// <summary>
/// Reads operation and table out of a statement of any dialect, in one pass over a bounded prefix. A name is taken only
/// where the grammar has a table, and nothing is taken from a text that does not begin like SQL.
/// </summary>
internal ref partial struct SqlSummariser
{
    private const int MaxDepth = 62;
    private const int MaxNames = 16;

    private readonly ReadOnlySpan<char> _sql;
    private SqlLexer _lexer;
    private int _depth;

    /// <summary>A bit for each depth at which SELECT or DELETE has been read: only there FROM names a table.</summary>
    private ulong _selects;
    private Names _cteNames;
    private int _cteCount;
    private string? _cteTable;
    private bool _afterDistinct;

    private SqlSummariser(ReadOnlySpan<char> sql)
    {
        _sql = sql;
        _lexer = new SqlLexer(sql);
    }

    public static SqlSummary Summarise(ReadOnlySpan<char> sql) => new SqlSummariser(sql).Run();

    /// <summary>The last part of a name that may have a schema and quotes.</summary>
    public static string? Name(ReadOnlySpan<char> text)
    {
        var summariser = new SqlSummariser(text);
        summariser.Next(expectsName: true);
        return summariser.ReadName(out var last) ? SqlNames.Get(last) : null;
    }

    private SqlSummary Run()
    {
        string? prelude = null;
        var isStart = true;
        while (Next() != SqlTokenKind.End)
        {
            if (_lexer.Kind == SqlTokenKind.Semicolon)
            {
                isStart = true;
            }
            else if (_lexer.Kind == SqlTokenKind.Word && (isStart || _depth == 0))
            {
                var word = SqlWords.Find(_lexer.Text, out var text);
                if (IsVerb(word, text, isStart))
                {
                    return Statement(word, text);
                }

                if (isStart && word is not (SqlWord.Prelude or SqlWord.If))
                {
                    break;
                }

                prelude ??= text;
                isStart = false;
            }
            else if (isStart && _lexer.Kind is not (SqlTokenKind.Open or SqlTokenKind.Other))
            {
                break;
            }
        }

        return new SqlSummary(prelude, null);
    }

    /// <summary>Within a statement that only leads up to another, REPLACE is the function.</summary>
    private static bool IsVerb(SqlWord word, string text, bool isStart) =>
        (word is >= SqlWord.With and <= SqlWord.Truncate && (isStart || text != "REPLACE"))
        || (word == SqlWord.Plain && isStart);

    private SqlSummary Statement(SqlWord word, string text)
    {
        if (word == SqlWord.With)
        {
            word = ReadCtes(out text);
        }

        return word switch
        {
            SqlWord.Select => new SqlSummary(text, FirstTable() ?? _cteTable),
            SqlWord.Delete => new SqlSummary(text, DeleteTarget()),
            SqlWord.Insert or SqlWord.Update or SqlWord.Merge or SqlWord.Truncate => new SqlSummary(text, Target()),
            SqlWord.Copy => new SqlSummary(text, CopyTarget()),
            SqlWord.Call => new SqlSummary(text, Procedure()),
            SqlWord.Define => Definition(text),
            SqlWord.Plain => new SqlSummary(text, null),
            _ => default,
        };
    }

    /// <summary>Reads a token and keeps count of the parentheses.</summary>
    private SqlTokenKind Next(bool expectsName = false)
    {
        var kind = _lexer.Next(expectsName);
        if (kind == SqlTokenKind.Open)
        {
            _depth++;
            _selects &= ~(1UL << _depth);
            return _depth > MaxDepth ? SqlTokenKind.End : kind;
        }

        _afterDistinct &= kind == SqlTokenKind.Word;
        if (kind == SqlTokenKind.Close)
        {
            _depth = Math.Max(0, _depth - 1);
        }

        return kind;
    }

    /// <summary>Reads common table expressions up to the verb that uses them.</summary>
    private SqlWord ReadCtes(out string text)
    {
        var level = _depth;
        var expectsName = true;
        var wasOpened = false;
        text = string.Empty;
        while (Next() != SqlTokenKind.End)
        {
            if (_depth > level)
            {
                _cteTable ??= TableInBody(wasOpened);
                wasOpened = _lexer.Kind == SqlTokenKind.Open;
                continue;
            }

            var word = _lexer.Kind == SqlTokenKind.Word ? SqlWords.Find(_lexer.Text, out text) : SqlWord.None;
            if (word is >= SqlWord.Select and <= SqlWord.Copy || (word == SqlWord.Plain && !expectsName))
            {
                return word;
            }

            if (expectsName && word == SqlWord.None && _lexer.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName)
            {
                AddCte();
                expectsName = false;
            }

            expectsName |= _lexer.Kind == SqlTokenKind.Comma;
        }

        return SqlWord.None;
    }

    private void AddCte()
    {
        if (_cteCount < MaxNames && _sql.Overlaps(_lexer.Text, out var offset))
        {
            _cteNames[_cteCount++] = (offset, _lexer.Text.Length);
        }
    }

    private readonly bool IsCte(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < _cteCount; i++)
        {
            var (start, length) = _cteNames[i];
            if (name.Equals(_sql.Slice(start, length), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The table that the current token announces within parentheses, if it does.</summary>
    private string? TableInBody(bool wasOpened)
    {
        if (_lexer.Kind != SqlTokenKind.Word)
        {
            return null;
        }

        var word = SqlWords.Find(_lexer.Text);
        return word switch
        {
            SqlWord.Update when wasOpened => Target(),
            SqlWord.Into => Target(),
            _ => TableAfter(word),
        };
    }

    private string? FirstTable()
    {
        _selects |= 1UL << _depth;
        while (Next() is not SqlTokenKind.End)
        {
            if (_lexer.Kind == SqlTokenKind.Semicolon && _depth == 0)
            {
                return null;
            }

            if (_lexer.Kind == SqlTokenKind.Word && TableAfter(SqlWords.Find(_lexer.Text)) is { } table)
            {
                return table;
            }
        }

        return null;
    }

    private string? TableAfter(SqlWord word)
    {
        // "a IS DISTINCT FROM b" compares.
        var names = word == SqlWord.Join
            || (word == SqlWord.From && !_afterDistinct && (_selects & (1UL << _depth)) != 0);
        _afterDistinct = word == SqlWord.Distinct;
        if (word is SqlWord.Select or SqlWord.Delete)
        {
            _selects |= 1UL << _depth;
        }

        return names ? Source() : null;
    }

    [InlineArray(MaxNames)]
    private struct Names
    {
        private (int Start, int Length) _first;
    }
}
