namespace LlmMetrics.Tests.Http;

/// <summary>How a handler that retries sends a request again.</summary>
public enum RetryStyle
{
    /// <summary>As it is.</summary>
    SameRequest,

    /// <summary>As it is, after its body was read into memory.</summary>
    Buffered,

    /// <summary>As a new request with the same body.</summary>
    Copy,

    /// <summary>As a new request with the same body and the same options.</summary>
    CopyWithOptions,
}
