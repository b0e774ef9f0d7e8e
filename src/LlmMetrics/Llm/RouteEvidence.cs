namespace LlmMetrics.Llm;

/// <summary>
/// What must speak for a request to a host that is not known, besides the end of its path. Any service may have
/// something at <c>/responses</c> or <c>/messages</c>.
/// </summary>
internal enum RouteEvidence
{
    /// <summary>The path says enough.</summary>
    None,

    /// <summary>A version, <c>/openai</c> or a deployment before it.</summary>
    Base,

    /// <summary>A header that Anthropic's clients send; also at known hosts, which may have other messages.</summary>
    AnthropicHeader,

    /// <summary>A model or publisher named in the path.</summary>
    ModelInPath,

    /// <summary>Nothing will do: known hosts only.</summary>
    KnownHost,
}
