using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LlmMetrics.Facts;

/// <summary>The figures of a fact, each with a presence bit. Holds no references, so it is cheap to copy.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct FactFigures
{
    public const int Count = (int)FactValue.PriceLoads + 1;

    private ulong _present;
    private Values _values;

    public readonly ulong Present => _present;

    public readonly bool Has(FactValue value) => (_present & (1UL << (int)value)) != 0;

    /// <summary>The figure as stored: an integer, or the bits of a double.</summary>
    public readonly long Raw(FactValue value) => _values[(int)value];

    public readonly long? Long(FactValue value) => Has(value) ? _values[(int)value] : null;

    public readonly double? Double(FactValue value) =>
        Has(value) ? BitConverter.Int64BitsToDouble(_values[(int)value]) : null;

    public void Set(FactValue value, long figure)
    {
        _values[(int)value] = figure;
        _present |= 1UL << (int)value;
    }

    public void Set(FactValue value, double figure) => Set(value, BitConverter.DoubleToInt64Bits(figure));

    public void Forget(FactValue first, FactValue last)
    {
        for (var value = first; value <= last; value++)
        {
            _present &= ~(1UL << (int)value);
        }
    }

    /// <summary>Sets one where the condition holds: for counts of facts of a certain kind.</summary>
    public void SetOneIf(bool condition, FactValue value)
    {
        if (condition)
        {
            Set(value, 1L);
        }
    }

    [InlineArray(Count)]
    private struct Values
    {
        private long _first;
    }
}
