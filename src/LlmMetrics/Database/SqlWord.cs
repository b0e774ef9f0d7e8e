namespace LlmMetrics.Database;

/// <summary>The keywords that a summary hangs on.</summary>
internal enum SqlWord
{
    /// <summary>Any other word.</summary>
    None,

    /// <summary>A verb whose statement is summed up by it alone.</summary>
    Plain,

    /// <summary>A verb that others follow, such as <c>SET</c> or <c>BEGIN</c>: it counts if none does.</summary>
    Prelude,
    With,
    Select,
    Insert,
    Update,
    Delete,
    Merge,
    Copy,
    Call,
    Define,
    Truncate,
    From,
    Join,
    Into,
    On,
    As,
    Distinct,
    Top,
    Recursive,

    If,

    /// <summary>A word that may stand between a verb and its table.</summary>
    Modifier,

    /// <summary>A word that may stand between <c>CREATE</c> and the kind of thing created.</summary>
    Quality,
}
