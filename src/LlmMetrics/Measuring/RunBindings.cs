using System.Diagnostics;
using System.Runtime.CompilerServices;
using LlmMetrics.Collection;
using LlmMetrics.Facts;

namespace LlmMetrics.Measuring;

/// <summary>
/// The series of runs that succeed outside of any scope, by the identity of their name, which is a constant of the app
/// nearly always. Most runs of tools and functions are recorded through it, without a fact being filled and looked up.
/// </summary>
internal sealed class RunBindings(Recorder recorder)
{
    private const int Slots = 256;

    private readonly Entry?[] _entries = new Entry?[Slots];

    /// <summary>The series of such a run; null if they are not known yet, or depend on more than that.</summary>
    public BoundFact? Find(FactKind kind, string name) =>
        Volatile.Read(ref SlotOf(kind, name)) is { } entry
        && ReferenceEquals(entry.Name, name)
        && entry.Kind == kind
        && Activity.Current is not { Recorded: true }
            ? entry.Bound
            : null;

    /// <summary>
    /// Remembers the series of a run that was recorded. One whose name was folded is looked up each time.
    /// </summary>
    public void Learn(FactKind kind, string name, in FactData fact)
    {
        if (!recorder.IsEnriched && recorder.FindBound(kind, in fact) is { } bound)
        {
            Volatile.Write(ref SlotOf(kind, name), new Entry(kind, name, bound));
        }
    }

    private ref Entry? SlotOf(FactKind kind, string name) =>
        ref _entries[(RuntimeHelpers.GetHashCode(name) + (int)kind) & (Slots - 1)];

    private sealed record Entry(FactKind Kind, string Name, BoundFact Bound);
}
