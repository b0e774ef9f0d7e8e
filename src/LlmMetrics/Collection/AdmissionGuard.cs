using LlmMetrics.Facts;
using LlmMetrics.Profiles;

namespace LlmMetrics.Collection;

/// <summary>
/// Admits values of open fields, once for the whole runtime: a value is itself in all metrics or <c>__other__</c> in
/// all.
/// </summary>
internal sealed class AdmissionGuard(CardinalityOptions options, SelfDiagnostics diagnostics)
{
    private readonly ValueGuard[] _guards = [.. Enumerable.Range(0, FactData.KeyCount)
        .Select(slot => new ValueGuard(options.MaxValuesOf(slot), NameOf(slot), diagnostics))];

    /// <summary>Replaces the keys by what they count as.</summary>
    public void Admit(ref FactData fact, ReadOnlySpan<int> slots)
    {
        foreach (var slot in slots)
        {
            if (fact.KeyFields[slot] is { } value)
            {
                fact.KeyFields[slot] = _guards[slot].Admit(value);
            }
        }
    }

    /// <summary>What a value of a field counts as; null if nothing harmless is left of it.</summary>
    public string? Admit(FactField field, string value) => _guards[(int)field].Admit(value);

    private static string NameOf(int slot) =>
        slot < FactData.FirstEnriched ? FieldNames.Of((FactField)slot) : "tag";
}
