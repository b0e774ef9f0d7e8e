namespace LlmMetrics.Llm;

/// <summary>What the figure of a list's item counts, by the item's own word for it.</summary>
/// <param name="Name">Word in the item, as it stands in the JSON.</param>
/// <param name="Field">Field that it stands for.</param>
internal readonly record struct FieldKind(byte[] Name, LlmField Field);
