using System.Collections.Concurrent;
using LlmMetrics.Facts;
using LlmMetrics.Profiles;

namespace LlmMetrics.Collection;

/// <summary>
/// Admits values of open fields, once for the whole runtime: a value is itself in all metrics or <c>__other__</c> in
/// all.
/// </summary>
internal sealed class AdmissionGuard(CardinalityOptions options, SelfDiagnostics diagnostics)
{
    private readonly Slot[] _slots = [.. Enumerable.Range(0, FactData.KeyCount)
        .Select(slot => new Slot(options.MaxValuesOf(slot), NameOf(slot)))];

    /// <summary>Replaces the keys by what they count as.</summary>
    public void Admit(ref FactData fact, ReadOnlySpan<int> slots)
    {
        foreach (var slot in slots)
        {
            if (fact.KeyFields[slot] is { } value)
            {
                fact.KeyFields[slot] = Admit(slot, value);
            }
        }
    }

    private static string NameOf(int slot) =>
        slot < FactData.FirstEnriched ? FieldNames.Of((FactField)slot) : "tag";

    private string? Admit(int index, string value)
    {
        var slot = _slots[index];
        if (slot.Known.TryGetValue(value, out var known))
        {
            return known;
        }

        var harmless = TagText.Sanitise(value);
        if (harmless.Length == 0)
        {
            return null;
        }

        lock (slot.Known)
        {
            if (slot.Known.TryGetValue(harmless, out known))
            {
                return known;
            }

            if (slot.Count < slot.Max)
            {
                slot.Count++;
                slot.Known[harmless] = harmless;
                return harmless;
            }
        }

        diagnostics.Folded(slot.Name);
        return MetricStorage.Folded;
    }

    private sealed class Slot(int max, string name)
    {
        public readonly ConcurrentDictionary<string, string> Known = new(concurrencyLevel: 1, capacity: 16);
        public readonly int Max = max;
        public readonly string Name = name;
        public int Count;
    }
}
