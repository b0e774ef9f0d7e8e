using System.Diagnostics;
using LlmMetrics.Facts;
using LlmMetrics.Pricing;

namespace LlmMetrics.Collection;

/// <summary>
/// The series that facts with the same key fields update. Holds nothing but pointers, so it can be dropped and made
/// again at any time without losing data.
/// </summary>
internal sealed class BoundFact(
    ulong hash, ulong closed, string?[] keys, SeriesUpdate[] updates, SelfDiagnostics diagnostics)
{
    public readonly ulong Hash = hash;
    private readonly ulong _closed = closed;
    private readonly string?[] _keys = keys;
    private readonly SeriesUpdate[] _updates = updates;

    /// <summary>What a call with these keys costs, if that is known.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>Whether the guard has folded the model, so that the keys do not tell the price.</summary>
    public bool IsModelFolded { get; init; }

    public bool IsFor(ref FactData fact, ulong closedFields, ReadOnlySpan<int> slots)
    {
        if (closedFields != _closed)
        {
            return false;
        }

        var mineAll = _keys;
        for (var i = 0; i < slots.Length && i < mineAll.Length; i++)
        {
            var mine = mineAll[i];
            var theirs = fact.KeyFields[slots[i]];
            if (!ReferenceEquals(mine, theirs) && !string.Equals(mine, theirs, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    public void Apply(in FactData fact, Exemplar? exemplar)
    {
        if (fact.Span is { IsStopped: false } span && exemplar is not null && Activity.Current != span && IsListenedTo())
        {
            // Other listeners take exemplars from the current activity, which is the app's at the end of a stream.
            var current = Activity.Current;
            Activity.Current = span;
            try
            {
                ApplyAll(in fact, exemplar);
            }
            finally
            {
                Activity.Current = current;
            }

            return;
        }

        ApplyAll(in fact, exemplar);
    }

    /// <summary>Adds to the up-down counters (an active call: +1 at its start, -1 at its end). Never throws.</summary>
    public void Add(long delta)
    {
        foreach (ref var update in _updates.AsSpan())
        {
            update.AddLive(delta);
        }
    }

    /// <summary>Records one duration in seconds. Never throws.</summary>
    public void Record(double seconds)
    {
        try
        {
            foreach (ref var update in _updates.AsSpan())
            {
                update.ApplyDuration(seconds, diagnostics);
            }
        }
        catch (Exception exception)
        {
            // Whatever went wrong, the app must not see it.
            diagnostics.Failed(LossReason.Failure, exception);
        }
    }

    private void ApplyAll(in FactData fact, Exemplar? exemplar)
    {
        foreach (ref var update in _updates.AsSpan())
        {
            update.Apply(in fact, exemplar, diagnostics);
        }
    }

    private bool IsListenedTo()
    {
        foreach (ref var update in _updates.AsSpan())
        {
            if (update.IsListenedTo)
            {
                return true;
            }
        }

        return false;
    }
}
