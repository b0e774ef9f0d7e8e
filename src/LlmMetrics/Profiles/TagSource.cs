namespace LlmMetrics;

/// <summary>Where a tag's value may come from: a field, or a constant, under a condition or always.</summary>
public sealed record TagSource
{
    /// <summary>The field whose value it is, if it is no constant.</summary>
    public FactField? Field { get; init; }

    /// <summary>The constant, if it is no field.</summary>
    public string? Constant { get; init; }

    /// <summary>What must hold for it to be used; null for always.</summary>
    public FieldCondition? Condition { get; init; }

    /// <summary>Renames values of the field, such as <c>ok</c> to <c>success</c>; others stay as they are.</summary>
    public IReadOnlyDictionary<string, string>? Map { get; init; }
}
