namespace LlmMetrics.Llm;

/// <summary>One kind of request that goes to a language model.</summary>
/// <param name="Suffix">End of the path.</param>
/// <param name="Operation">What is asked for.</param>
/// <param name="Protocol">Shape of request and answer.</param>
/// <param name="Evidence">What must speak for it at a host that is not known.</param>
/// <param name="Fallback">Provider to report for such a host.</param>
internal sealed record LlmRoute(
    string Suffix,
    string Operation,
    LlmProtocol Protocol,
    RouteEvidence Evidence,
    string Fallback = LlmProviders.OpenAiCompatible)
{
    /// <summary>The only provider that has it, where others have something else at the same path.</summary>
    public string? Provider { get; init; }
}
