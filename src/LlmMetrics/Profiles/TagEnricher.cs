using LlmMetrics.Facts;

namespace LlmMetrics.Profiles;

/// <summary>A tag that the app adds to what the profiles say.</summary>
internal sealed record TagEnricher(string Name, LlmCallTag? OfCall, Func<string?>? Ambient)
{
    /// <summary>Whether it adds to facts of this kind.</summary>
    public bool Concerns(FactKind kind) => Ambient is null
        ? kind == FactKind.LlmCall
        : kind is FactKind.LlmCall or FactKind.ActiveLlmCall or FactKind.LlmChunk
            or (>= FactKind.AgentRun and <= FactKind.RunItems);

    public string? Value(FactKind kind, in FactData fact) =>
        Ambient is not null ? Ambient() : kind == FactKind.LlmCall ? OfCall!(new LlmCall(in fact)) : null;
}
