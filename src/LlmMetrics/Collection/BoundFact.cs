using System.Diagnostics;
using LlmMetrics.Budgets;
using LlmMetrics.Facts;
using LlmMetrics.Pricing;

namespace LlmMetrics.Collection;

/// <summary>
/// The series that facts with the same key fields update. Holds nothing but pointers, so it can be dropped and made
/// again at any time without losing data.
/// </summary>
/// <remarks>
/// A series is looked up with its first figure, not before: a series that nothing was recorded in would say zero
/// where nothing is known.
/// </remarks>
internal sealed class BoundFact(
    KindPlan plan, ulong hash, in FactData keys, InstrumentEntry?[] entries, InstrumentRegistry registry,
    SelfDiagnostics diagnostics)
{
    public readonly ulong Hash = hash;
    private readonly ulong _closed = keys.Closed.Masked(plan.ClosedMask);
    private readonly string?[] _keys = plan.KeysOf(in keys);
    private readonly SeriesUpdate[] _updates = plan.Updates;

    // By instrument of the plan; null where its definition does not apply to these keys.
    private readonly InstrumentEntry?[] _entries = entries;
    private readonly Series?[] _series = new Series?[entries.Length];

    /// <summary>What a call with these keys costs, if that is known.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>The budgets that a call with these keys is charged to; null if the keys do not tell.</summary>
    public BudgetAccount[]? Budgets { get; init; }

    /// <summary>Whether the guard has folded the model, so that the keys do not tell the price.</summary>
    public bool IsModelFolded { get; init; }

    /// <summary>The closed fields for the tags, which may know more than what the fact was looked up by.</summary>
    public required ClosedFields TagFields { get; init; }

    public bool IsFor(in FactData.Keys keys, ulong closedFields, ReadOnlySpan<int> slots)
    {
        if (closedFields != _closed)
        {
            return false;
        }

        var mine = _keys;
        for (var i = 0; i < slots.Length && i < mine.Length; i++)
        {
            if (!KeyHash.AreEqual(mine[i], keys[slots[i]]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Looks up the series of these figures; says whether the tags of any had to be folded.</summary>
    public bool FindSeriesFor(in FactFigures figures)
    {
        var anyFolded = false;
        for (var i = 0; i < _updates.Length; i++)
        {
            ref readonly var update = ref _updates[i];
            if (figures.Has(update.Value) && _entries[i] is { } entry && update.Accepts(update.Read(in figures)))
            {
                FindSeries(i, entry, out var folded);
                anyFolded |= folded;
            }
        }

        return anyFolded;
    }

    public void Apply(in FactFigures figures, Exemplar? exemplar, Activity? activity)
    {
        if (exemplar is not null && activity is { IsStopped: false } span && Activity.Current != span
            && IsListenedTo())
        {
            // Other listeners take exemplars from the current activity, which is the app's at the end of a stream.
            var current = Activity.Current;
            Activity.Current = span;
            try
            {
                ApplyAll(in figures, exemplar);
            }
            finally
            {
                Activity.Current = current;
            }

            return;
        }

        ApplyAll(in figures, exemplar);
    }

    /// <summary>Adds to the up-down counters (an active call: +1 at its start, -1 at its end). Never throws.</summary>
    public void Add(long delta)
    {
        for (var i = 0; i < _entries.Length; i++)
        {
            // Their instruments are observable and need no push.
            if (_entries[i] is { } entry)
            {
                ((ValueSeries)(_series[i] ?? FindSeries(i, entry, out _))).Add(delta);
            }
        }
    }

    /// <summary>
    /// Records a duration in seconds, once or as often as told, and counts where the fact itself is counted. Never
    /// throws.
    /// </summary>
    public void Record(double seconds, int times = 1)
    {
        try
        {
            for (var i = 0; i < _updates.Length; i++)
            {
                ref readonly var update = ref _updates[i];
                if (update.Value is not (FactValue.Duration or FactValue.Count) || _entries[i] is not { } entry)
                {
                    continue;
                }

                var figure = update.Scaled(update.Value == FactValue.Duration ? seconds : 1);
                if (update.Accepts(figure))
                {
                    var cell = _series[i] ?? FindSeries(i, entry, out _);
                    update.Apply(figure, times, cell, entry.Instrument, diagnostics);
                }
                else
                {
                    SeriesUpdate.Refuse(figure, diagnostics);
                }
            }
        }
        catch (Exception exception)
        {
            // Whatever went wrong, the app must not see it.
            diagnostics.Failed(LossReason.Failure, exception);
        }
    }

    private void ApplyAll(in FactFigures figures, Exemplar? exemplar)
    {
        var instruments = _entries;
        var series = _series;
        var updates = _updates;
        for (var i = 0; i < updates.Length && i < instruments.Length && i < series.Length; i++)
        {
            ref readonly var update = ref updates[i];
            if (!figures.Has(update.Value) || instruments[i] is not { } entry)
            {
                continue;
            }

            var figure = update.Read(in figures);
            if (update.Accepts(figure))
            {
                var cell = series[i] ?? FindSeries(i, entry, out _);
                update.Apply(in figures, figure, cell, entry.Instrument, exemplar, diagnostics);
            }
            else
            {
                SeriesUpdate.Refuse(figure, diagnostics);
            }
        }
    }

    private Series FindSeries(int index, InstrumentEntry entry, out bool folded)
    {
        var fact = plan.FactOf(_keys, TagFields);
        var tags = plan.Instruments[index].Tags(in fact, registry.ConstantTags, out var neverFolded);
        var found = entry.Storage.GetOrAdd(tags, neverFolded, out folded);

        // What was folded is looked up, and counted as folded, each time.
        if (!folded)
        {
            Volatile.Write(ref _series[index], found);
        }

        return found;
    }

    private bool IsListenedTo() => Array.Exists(_entries, static entry => entry is { Instrument.Enabled: true });
}
