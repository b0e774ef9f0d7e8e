namespace Simulator.Behaviour;

/// <summary>Tokens of one answer: cached is part of input, reasoning is part of output; null where not told.</summary>
internal sealed record TokenCounts(int Input, int? Output, int? Cached, int? Reasoning)
{
    public int Total => Input + (Output ?? 0);
}
