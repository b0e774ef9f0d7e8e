namespace LlmMetrics;

/// <summary>What a handler's call stands for, by where the handler stands.</summary>
public enum CallScope
{
    /// <summary>Not known, or not over HTTP.</summary>
    Unknown,

    /// <summary>An operation: all its tries together, as a handler outside the retry handler sees it.</summary>
    Operation,

    /// <summary>One try, as the last handler of a pipeline or one inside the retry handler sees it.</summary>
    Attempt,
}
