using LlmMetrics.Facts;
using LlmMetrics.Profiles;

namespace LlmMetrics.Collection;

/// <summary>All that becomes of one kind of fact, over all profiles.</summary>
internal sealed class KindPlan
{
    private readonly int[] _slots;
    private InstrumentEntry?[] _entries = [];

    /// <summary>Initializes a new instance of the <see cref="KindPlan"/> class.</summary>
    /// <param name="kind">The kind of fact.</param>
    /// <param name="instruments">What becomes of it.</param>
    /// <param name="otherFields">Fields that decide more than tags: the price hangs on some.</param>
    /// <param name="collect">Whether metrics are aggregated in process.</param>
    public KindPlan(
        FactKind kind, IReadOnlyList<CompiledInstrument> instruments, IReadOnlyCollection<FactField> otherFields,
        bool collect)
    {
        Kind = kind;
        Instruments = [.. instruments];
        Updates = [.. instruments.Select(instrument => new SeriesUpdate(
            instrument.Definition, ProfileValidator.IsInteger(instrument.Definition), collect))];
        var fields = instruments.SelectMany(static instrument => instrument.Fields).ToHashSet();
        fields.UnionWith(otherFields);
        _slots = [.. fields.Where(static field => field < FactField.Outcome).Select(static field => (int)field)
            .Concat(instruments.SelectMany(static instrument => instrument.EnrichedSlots)).Distinct().Order()];
        ClosedMask = fields.Aggregate(0UL, static (bits, field) => bits | ClosedFields.Mask(field));
        Bindings = new BindingTable(_slots, ClosedMask);
    }

    public FactKind Kind { get; }

    public CompiledInstrument[] Instruments { get; }

    /// <summary>How the instruments take their figures, in the same order.</summary>
    public SeriesUpdate[] Updates { get; }

    public BindingTable Bindings { get; }

    /// <summary>The closed fields that any instrument looks at.</summary>
    public ulong ClosedMask { get; }

    /// <summary>The open fields that any instrument looks at.</summary>
    public ReadOnlySpan<int> Slots => _slots;

    /// <summary>The same array for all that have the same instruments, which is most.</summary>
    public InstrumentEntry?[] Share(InstrumentEntry?[] entries)
    {
        var shared = Volatile.Read(ref _entries);
        if (shared.AsSpan().SequenceEqual(entries))
        {
            return shared;
        }

        Volatile.Write(ref _entries, entries);
        return entries;
    }

    /// <summary>The opposite of <see cref="KeysOf"/>: a fact with these keys and nothing else.</summary>
    public FactData FactOf(ReadOnlySpan<string?> keys, ClosedFields closed)
    {
        var fact = new FactData { Closed = closed };
        for (var i = 0; i < keys.Length; i++)
        {
            fact.KeyFields[_slots[i]] = keys[i];
        }

        return fact;
    }

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
