namespace LlmMetrics.Database;

/// <summary>What the SQL lexer tells apart: no more than a summary needs.</summary>
internal enum SqlTokenKind
{
    /// <summary>The end of the text, or of what can be read without guessing.</summary>
    End,

    /// <summary>A keyword or a bare name.</summary>
    Word,

    /// <summary>A name in quotes; the text is what stands between them.</summary>
    QuotedName,

    /// <summary>A string, a number, a parameter or a variable. Its text is never given away.</summary>
    Literal,
    Open,
    Close,
    Dot,
    Comma,
    Semicolon,
    Other,
}
