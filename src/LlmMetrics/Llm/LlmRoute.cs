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

    /// <summary>The only hosts that have it; null if any may.</summary>
    public ProviderHosts? Hosts { get; init; }

    /// <summary>Whether the app described it, so that its name goes before that of the host.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether the suffix may also stand within the path.</summary>
    public bool IsWithin { get; init; }

    /// <summary>What the path must have before the suffix, where its end alone means several things.</summary>
    public string? Containing { get; init; }

    /// <summary>What must not stand right before the suffix.</summary>
    public string? Except { get; init; }

    /// <summary>A provider that has the same with more to read, and that shape.</summary>
    public (string Provider, LlmProtocol Protocol)? Variant { get; init; }

    public LlmProtocol ProtocolAt(string provider) =>
        Variant is { } variant && variant.Provider == provider ? variant.Protocol : Protocol;

    /// <summary>What stands before the suffix, if the path has it.</summary>
    public bool TryMatch(ReadOnlySpan<char> path, out ReadOnlySpan<char> before) =>
        TryFind(path, out before)
        && (Containing is null || before.Contains(Containing, StringComparison.OrdinalIgnoreCase))
        && (Except is null || !before.EndsWith(Except, StringComparison.OrdinalIgnoreCase));

    private bool TryFind(ReadOnlySpan<char> path, out ReadOnlySpan<char> before)
    {
        before = default;
        if (IsWithin)
        {
            var at = path.IndexOf(Suffix, StringComparison.OrdinalIgnoreCase);
            before = at < 0 ? default : path[..at];
            return at >= 0;
        }

        if (!path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        before = path[..^Suffix.Length];
        return true;
    }
}
