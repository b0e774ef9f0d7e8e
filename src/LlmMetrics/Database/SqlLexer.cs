namespace LlmMetrics.Database;

/// <summary>
/// Splits SQL of any dialect into tokens without allocating. Where dialects disagree on where a literal ends, it stops:
/// reading on could take the inside of a literal for SQL and give it away.
/// </summary>
internal ref struct SqlLexer
{
    /// <summary>Characters that are read at most; the work for a statement is bounded by it.</summary>
    public const int MaxLength = 16_384;

    private readonly ReadOnlySpan<char> _sql;
    private readonly bool _isCut;
    private int _at;

    public SqlLexer(ReadOnlySpan<char> sql)
    {
        _isCut = sql.Length > MaxLength;
        _sql = _isCut ? sql[..MaxLength] : sql;
    }

    public SqlTokenKind Kind { get; private set; }

    /// <summary>The text of a word or of a quoted name; empty for everything else.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Reads the next token.</summary>
    /// <param name="expectsName">Whether a name may stand here; only there is <c>#x</c> one.</param>
    public SqlTokenKind Next(bool expectsName = false)
    {
        Text = default;
        if (!SkipBlanks())
        {
            return Kind = SqlTokenKind.End;
        }

        var first = _sql[_at];
        return Kind = first switch
        {
            '\'' => Quote('\'', SqlTokenKind.Literal),
            '"' => Quote('"', SqlTokenKind.QuotedName),
            '`' => Quote('`', SqlTokenKind.QuotedName),
            '[' => Bracket(),
            '$' => Dollar(),
            '#' => Hash(expectsName),
            '@' or ':' => Parameter(),
            '(' => Single(SqlTokenKind.Open),
            ')' => Single(SqlTokenKind.Close),
            '.' => Single(SqlTokenKind.Dot),
            ',' => Single(SqlTokenKind.Comma),
            ';' => Single(SqlTokenKind.Semicolon),
            _ when char.IsAsciiDigit(first) => Number(),
            _ when IsNamePart(first) => Word(_at),
            _ => Single(SqlTokenKind.Other),
        };
    }

    /// <summary>Letters, digits and what is not ASCII; PostgreSQL draws the line there too.</summary>
    private static bool IsNamePart(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '#' or '@'
        || (c >= 0x80 && !char.IsControl(c) && !char.IsWhiteSpace(c));

    private readonly char CharAt(int index) => index < _sql.Length ? _sql[index] : '\0';

    private SqlTokenKind Single(SqlTokenKind kind)
    {
        _at++;
        return kind;
    }

    private SqlTokenKind Stop()
    {
        _at = _sql.Length;
        return SqlTokenKind.End;
    }

    private bool SkipBlanks()
    {
        while (_at < _sql.Length)
        {
            var c = _sql[_at];
            if (char.IsWhiteSpace(c) || c == '\uFEFF')
            {
                _at++;
            }
            else if (c == '-' && CharAt(_at + 1) == '-')
            {
                var end = _sql[_at..].IndexOfAny('\n', '\r');
                _at = end < 0 ? _sql.Length : _at + end;
            }
            else if (c == '/' && CharAt(_at + 1) == '*')
            {
                SkipBlockComment();
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Comments nest in the standard, in PostgreSQL and in SQL Server.</summary>
    private void SkipBlockComment()
    {
        var depth = 0;
        while (_at < _sql.Length)
        {
            var (c, next) = (_sql[_at], CharAt(_at + 1));
            if (c == '/' && next == '*')
            {
                depth++;
                _at += 2;
            }
            else if (c == '*' && next == '/')
            {
                depth--;
                _at += 2;
                if (depth == 0)
                {
                    return;
                }
            }
            else
            {
                _at++;
            }
        }
    }

    private SqlTokenKind Quote(char quote, SqlTokenKind kind)
    {
        var start = _at + 1;
        for (var i = start; i < _sql.Length; i++)
        {
            if (_sql[i] != quote)
            {
                continue;
            }

            if (i > start && _sql[i - 1] == '\\')
            {
                // The end in the standard, an escape in MySQL.
                return Stop();
            }

            if (CharAt(i + 1) == quote)
            {
                i++;
                continue;
            }

            _at = i + 1;
            Text = kind == SqlTokenKind.QuotedName ? _sql[start..i] : default;
            return kind;
        }

        return Stop();
    }

    /// <summary>A string in which a backslash escapes, whatever the settings: <c>E'…'</c> of PostgreSQL.</summary>
    private SqlTokenKind EscapeString()
    {
        for (var i = _at + 1; i < _sql.Length; i++)
        {
            if (_sql[i] == '\\')
            {
                i++;
            }
            else if (_sql[i] == '\'')
            {
                if (CharAt(i + 1) != '\'')
                {
                    _at = i + 1;
                    return SqlTokenKind.Literal;
                }

                i++;
            }
        }

        return Stop();
    }

    /// <summary>Oracle's <c>q'[…]'</c>, in which quotes need no doubling.</summary>
    private SqlTokenKind DelimitedString()
    {
        var close = CharAt(_at + 1) switch { '[' => ']', '(' => ')', '{' => '}', '<' => '>', var same => same };
        var rest = _sql[Math.Min(_at + 2, _sql.Length)..];
        var end = rest.IndexOf([close, '\'']);
        if (end < 0)
        {
            return Stop();
        }

        _at += end + 4;
        return SqlTokenKind.Literal;
    }

    /// <summary>A name of SQL Server, or the subscript of an array.</summary>
    private SqlTokenKind Bracket()
    {
        var before = _at > 0 ? _sql[_at - 1] : ' ';
        if (IsNamePart(before) || before is ']' or ')' or '"')
        {
            return Single(SqlTokenKind.Other);
        }

        var rest = _sql[(_at + 1)..];
        var end = rest.IndexOf(']');
        if (end < 0)
        {
            return Stop();
        }

        var inside = rest[..end];
        if (inside.TrimStart().StartsWith("'"))
        {
            return Single(SqlTokenKind.Other);
        }

        if (inside.ContainsAny('\'', '"', '\n') || CharAt(_at + end + 2) == ']')
        {
            // A name with odd characters or an array with strings in it.
            return Stop();
        }

        _at += end + 2;
        Text = inside;
        return SqlTokenKind.QuotedName;
    }

    /// <summary><c>$1</c>, or <c>$tag$ … $tag$</c>.</summary>
    private SqlTokenKind Dollar()
    {
        var end = _at + 1;
        while (end < _sql.Length && IsNamePart(_sql[end]) && _sql[end] != '$')
        {
            end++;
        }

        if (CharAt(end) != '$' || char.IsAsciiDigit(CharAt(_at + 1)))
        {
            _at = end;
            return SqlTokenKind.Literal;
        }

        var tag = _sql[_at..(end + 1)];
        var close = _sql[(end + 1)..].IndexOf(tag);
        if (close < 0)
        {
            return Stop();
        }

        _at = end + 1 + close + tag.Length;
        return SqlTokenKind.Literal;
    }

    /// <summary>A temporary table of SQL Server, an operator of PostgreSQL, or a comment of MySQL.</summary>
    private SqlTokenKind Hash(bool expectsName)
    {
        var next = CharAt(_at + 1);
        return expectsName && IsNamePart(next) ? Word(_at) : next == '>' ? Single(SqlTokenKind.Other) : Stop();
    }

    private SqlTokenKind Parameter()
    {
        var end = _at + 1;
        while (CharAt(end) is '@' or ':')
        {
            end++;
        }

        if (_sql[_at] == ':' && end > _at + 1)
        {
            // A cast: the type that follows is a word.
            _at = end;
            return SqlTokenKind.Other;
        }

        while (end < _sql.Length && IsNamePart(_sql[end]))
        {
            end++;
        }

        _at = end;
        return SqlTokenKind.Literal;
    }

    private SqlTokenKind Number()
    {
        while (_at < _sql.Length && (IsNamePart(_sql[_at]) || _sql[_at] == '.'))
        {
            _at++;
        }

        return SqlTokenKind.Literal;
    }

    private SqlTokenKind Word(int start)
    {
        while (_at < _sql.Length && IsNamePart(_sql[_at]))
        {
            _at++;
        }

        if (_isCut && _at == _sql.Length)
        {
            // Half a name would be another name.
            return SqlTokenKind.End;
        }

        var word = _sql[start.._at];
        if (CharAt(_at) == '\'' && word.Length <= 2)
        {
            switch (word)
            {
                case "e" or "E":
                    return EscapeString();
                case "q" or "Q" or "nq" or "NQ" or "Nq" or "nQ":
                    return DelimitedString();
            }
        }

        Text = word;
        return SqlTokenKind.Word;
    }
}
