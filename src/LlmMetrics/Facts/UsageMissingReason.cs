namespace LlmMetrics;

/// <summary>Why a call has no token counts.</summary>
public enum UsageMissingReason
{
    /// <summary>It has them, or it is of a kind that never does.</summary>
    None,

    /// <summary>The answer came to its end and told nothing (a stream without <c>include_usage</c>, say).</summary>
    NotReported,

    /// <summary>The answer ended before the usage came.</summary>
    Aborted,

    /// <summary>The answer could not be read: an unknown encoding or shape, a broken body, a limit reached.</summary>
    Unparsed,
}
