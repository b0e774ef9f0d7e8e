namespace LlmMetrics.Database;

/// <content>Where each verb has its table.</content>
internal ref partial struct SqlSummariser
{
    /// <summary>The table at the current place of a FROM or JOIN; null for a subquery, a function or a CTE.</summary>
    private string? Source()
    {
        var before = this;
        while (Next(expectsName: true) == SqlTokenKind.Word && SqlWords.Find(_lexer.Text) == SqlWord.Modifier)
        {
            before = this;
        }

        if (!ReadName(out var name, out var isQualified))
        {
            this = before;
            return null;
        }

        var after = this;
        if (Next() == SqlTokenKind.Open || (!isQualified && IsCte(name)))
        {
            this = after;
            return null;
        }

        this = after;
        return SqlNames.Get(name);
    }

    private bool ReadName(out ReadOnlySpan<char> last) => ReadName(out last, out _);

    /// <summary>Reads a name from the current token on, with what dots join to it; keeps the last part.</summary>
    private bool ReadName(out ReadOnlySpan<char> last, out bool isQualified)
    {
        isQualified = false;
        last = default;
        while (_lexer.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName)
        {
            if (_lexer.Kind == SqlTokenKind.Word && SqlWords.Find(_lexer.Text) is SqlWord.Select or SqlWord.With)
            {
                return false;
            }

            last = _lexer.Text;
            var end = this;
            if (Next() != SqlTokenKind.Dot)
            {
                this = end;
                return true;
            }

            isQualified = true;
            while (Next(expectsName: true) == SqlTokenKind.Dot)
            {
                // "database..table" leaves the schema out.
            }
        }

        return false;
    }

    /// <summary>The table that a verb names, after the words that may stand between.</summary>
    private string? Target() => Target(out _);

    private string? Target(out bool hasFrom)
    {
        hasFrom = false;
        var wasTop = false;
        while (Next(expectsName: true) != SqlTokenKind.End)
        {
            var word = _lexer.Kind == SqlTokenKind.Word ? SqlWords.Find(_lexer.Text) : SqlWord.None;
            switch (_lexer.Kind)
            {
                case SqlTokenKind.Word when word is SqlWord.Modifier or SqlWord.Into or SqlWord.From or SqlWord.Top
                    or SqlWord.Insert or SqlWord.If:
                    wasTop = word == SqlWord.Top;
                    hasFrom |= word == SqlWord.From;
                    break;
                case SqlTokenKind.Literal when wasTop:
                    break;
                case SqlTokenKind.Open when wasTop:
                    SkipParentheses();
                    break;
                case SqlTokenKind.Word or SqlTokenKind.QuotedName:
                    return ReadName(out var name) ? SqlNames.Get(name) : null;
                default:
                    return null;
            }
        }

        return null;
    }

    private void SkipParentheses()
    {
        var level = _depth;
        while (_depth >= level && Next() != SqlTokenKind.End)
        {
        }
    }

    /// <summary><c>DELETE FROM table</c>, or <c>DELETE alias FROM table AS alias</c>.</summary>
    private string? DeleteTarget()
    {
        var target = Target(out var hasFrom);
        if (hasFrom || target is null)
        {
            return target;
        }

        for (var i = 0; i < 8 && Next() is not SqlTokenKind.End and not SqlTokenKind.Semicolon; i++)
        {
            if (_lexer.Kind == SqlTokenKind.Word && SqlWords.Find(_lexer.Text) == SqlWord.From)
            {
                return Source() ?? target;
            }
        }

        return target;
    }

    private string? CopyTarget()
    {
        var before = this;
        if (Next() == SqlTokenKind.Open)
        {
            return FirstTable();
        }

        this = before;
        return Target();
    }

    /// <summary><c>CALL name</c>, <c>EXEC @result = name</c>.</summary>
    private string? Procedure()
    {
        while (Next(expectsName: true) is SqlTokenKind.Literal or SqlTokenKind.Other)
        {
        }

        return _lexer.Kind == SqlTokenKind.Word && SqlWords.Find(_lexer.Text) == SqlWord.Quality
            ? null
            : ReadName(out var name) ? SqlNames.Get(name) : null;
    }

    private SqlSummary Definition(string verb)
    {
        while (Next() == SqlTokenKind.Word)
        {
            if (SqlWords.TryDefine(verb, _lexer.Text, out var operation))
            {
                return new SqlSummary(operation, DefinedTable(operation));
            }

            if (SqlWords.Find(_lexer.Text) is not (SqlWord.Modifier or SqlWord.Quality or SqlWord.Insert))
            {
                break;
            }
        }

        return new SqlSummary(verb, null);
    }

    /// <summary>The table or view, or what an index or a trigger belongs to; names of nothing else.</summary>
    private string? DefinedTable(string operation)
    {
        if (operation.EndsWith("MATERIALIZED VIEW", StringComparison.Ordinal))
        {
            // The second word of the kind.
            Next();
        }

        if (operation.EndsWith("TABLE", StringComparison.Ordinal)
            || operation.EndsWith("VIEW", StringComparison.Ordinal))
        {
            return Target();
        }

        if (operation is not ("CREATE INDEX" or "CREATE TRIGGER" or "DROP TRIGGER"))
        {
            return null;
        }

        while (Next() is not SqlTokenKind.End and not SqlTokenKind.Semicolon and not SqlTokenKind.Open)
        {
            if (_lexer.Kind == SqlTokenKind.Word && SqlWords.Find(_lexer.Text) == SqlWord.On)
            {
                return Target();
            }
        }

        return null;
    }
}
