namespace LlmMetrics.Testing;

/// <summary>A metric family as another parser read it.</summary>
/// <param name="Name">The family's name.</param>
/// <param name="Type">Its type, such as <c>counter</c>.</param>
/// <param name="Help">Its description, unescaped.</param>
/// <param name="Unit">Its unit, or an empty text.</param>
/// <param name="Samples">Its samples in order.</param>
public sealed record JudgedFamily(
    string Name,
    string Type,
    string Help,
    string Unit,
    IReadOnlyList<JudgedSample> Samples);
