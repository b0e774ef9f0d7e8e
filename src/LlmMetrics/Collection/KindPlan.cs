using LlmMetrics.Facts;

namespace LlmMetrics.Collection;

/// <summary>All that becomes of one kind of fact, over all profiles.</summary>
internal sealed class KindPlan
{
    private readonly int[] _slots;

    public KindPlan(FactKind kind, IReadOnlyList<CompiledInstrument> instruments)
    {
        Kind = kind;
        Instruments = [.. instruments];
        var fields = instruments.SelectMany(static instrument => instrument.Fields).ToHashSet();
        if (kind == FactKind.LlmCall && instruments.Count > 0)
        {
            // The price hangs on these, whatever the profiles show of them.
            fields.UnionWith([FactField.Provider, FactField.RequestModel, FactField.ResponseModel]);
        }

        _slots = [.. fields.Where(static field => field < FactField.Outcome).Select(static field => (int)field)
            .Concat(instruments.SelectMany(static instrument => instrument.EnrichedSlots)).Distinct().Order()];
        ClosedMask = fields.Aggregate(0UL, static (bits, field) => bits | ClosedFields.Mask(field));
        Bindings = new BindingTable(_slots, ClosedMask);
    }

    public FactKind Kind { get; }

    public CompiledInstrument[] Instruments { get; }

    public BindingTable Bindings { get; }

    /// <summary>The closed fields that any instrument looks at.</summary>
    public ulong ClosedMask { get; }

    /// <summary>The open fields that any instrument looks at.</summary>
    public ReadOnlySpan<int> Slots => _slots;

    public string?[] KeysOf(in FactData fact)
    {
        var keys = new string?[_slots.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = fact.KeyFields[_slots[i]];
        }

        return keys;
    }
}
