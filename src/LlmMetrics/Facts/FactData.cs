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
    public const int ValueCount = (int)FactValue.ExportFailures + 1;

    public Keys KeyFields;
    public ClosedFields Closed;
    public ActivityContext Trace;

    /// <summary>
    /// The span itself, where there is one; only for listeners that take exemplars from Activity.Current.
    /// </summary>
    public Activity? Span;
    private ulong _present;
    private Values _values;

    public readonly ulong Present => _present;

    public readonly string? Key(FactField field) => KeyFields[(int)field];

    public readonly bool Has(FactValue value) => (_present & (1UL << (int)value)) != 0;

    /// <summary>The figure as stored: an integer, or the bits of a double.</summary>
    public readonly long Raw(FactValue value) => _values[(int)value];

    public readonly long? Long(FactValue value) => Has(value) ? _values[(int)value] : null;

    public readonly double? Double(FactValue value) =>
        Has(value) ? BitConverter.Int64BitsToDouble(_values[(int)value]) : null;

    public void Set(FactValue value, long? figure)
    {
        if (figure is { } known)
        {
            _values[(int)value] = known;
            _present |= 1UL << (int)value;
        }
    }

    public void Set(FactValue value, double? figure)
    {
        if (figure is { } known)
        {
            _values[(int)value] = BitConverter.DoubleToInt64Bits(known);
            _present |= 1UL << (int)value;
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

    [InlineArray(ValueCount)]
    private struct Values
    {
        private long _first;
    }
}
