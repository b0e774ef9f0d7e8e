namespace LlmMetrics;

/// <summary>How a call ended.</summary>
public enum LlmOutcome
{
    /// <summary>It came to its end.</summary>
    Ok,

    /// <summary>It failed, timed out, or the provider reported an error, also after HTTP status 200.</summary>
    Error,

    /// <summary>The caller cancelled it or disposed the answer before its end.</summary>
    Cancelled,

    /// <summary>The provider ended the answer before its protocol's end, without reporting an error.</summary>
    Incomplete,
}
