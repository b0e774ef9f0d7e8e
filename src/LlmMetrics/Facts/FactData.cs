using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LlmMetrics.Facts;

/// <summary>
/// What all facts are made of: open key fields, closed key fields packed into one word, and figures with a presence
/// bit each. One layout for every kind lets one recorder serve them all without boxing or reflection.
/// </summary>
internal struct FactData
{
    /// <summary>Slots behind the open fields, for tags that enrichers add.</summary>
    public const int FirstEnriched = (int)FactField.Function + 1;
    public const int MaxEnriched = 4;
    public const int KeyCount = FirstEnriched + MaxEnriched;

    public Keys KeyFields;
    public ClosedFields Closed;
    public FactFigures Figures;
    public ActivityContext Trace;

    /// <summary>
    /// The span itself, where there is one; only for listeners that take exemplars from Activity.Current.
    /// </summary>
    public Activity? Span;

    public readonly ulong Present => Figures.Present;

    public readonly string? Key(FactField field) => KeyFields[(int)field];

    public readonly bool Has(FactValue value) => Figures.Has(value);

    /// <summary>The figure as stored: an integer, or the bits of a double.</summary>
    public readonly long Raw(FactValue value) => Figures.Raw(value);

    public readonly long? Long(FactValue value) => Figures.Long(value);

    public readonly double? Double(FactValue value) => Figures.Double(value);

    public void Set(FactValue value, long? figure)
    {
        if (figure is { } known)
        {
            Figures.Set(value, known);
        }
    }

    public void Set(FactValue value, double? figure)
    {
        if (figure is { } known)
        {
            Figures.Set(value, known);
        }
    }

    public readonly TimeSpan? Time(FactValue value) =>
        Double(value) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public void Set(FactValue value, TimeSpan? time) => Set(value, time?.TotalSeconds);

    [InlineArray(KeyCount)]
    public struct Keys
    {
        private string? _first;
    }
}
