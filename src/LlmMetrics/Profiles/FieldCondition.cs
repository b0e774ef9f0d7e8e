namespace LlmMetrics;

/// <summary>A condition on a key field.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">Values that meet it; none means any value at all.</param>
/// <param name="Negated">Whether it is met by the opposite.</param>
public sealed record FieldCondition(FactField Field, IReadOnlyList<string> Values, bool Negated = false)
{
    internal bool IsMet(string? value) =>
        (value is not null && (Values.Count == 0 || Values.Contains(value, StringComparer.Ordinal))) != Negated;
}
