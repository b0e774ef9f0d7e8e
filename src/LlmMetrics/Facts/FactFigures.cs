using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LlmMetrics.Facts;

/// <summary>The figures of a fact, each with a presence bit. Holds no references, so it is cheap to copy.</summary>
/// <remarks>
/// It is copied with each record, so it has room for the figures of a call on a model, which has the most: those that
/// such calls never have take the places of those that only they have.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal struct FactFigures
{
    public const int Count = (int)FactValue.PriceLoads + 1;

    /// <summary>The first figure that only calls on models have.</summary>
    public const FactValue FirstOfCalls = FactValue.TimeToFirstChunk;

    /// <summary>The first figure that calls on models never have; all that follow are such too.</summary>
    public const FactValue FirstOfOthers = FactValue.Remaining;

    private const int Shared = FirstOfOthers - FirstOfCalls;

    /// <summary>Tokens that a provider counts, and the parts of them.</summary>
    public const ulong Tokens = (1UL << (int)FactValue.InputTokens)
        | (1UL << (int)FactValue.OutputTokens)
        | (1UL << (int)FactValue.TotalTokens)
        | (1UL << (int)FactValue.CachedInputTokens)
        | (1UL << (int)FactValue.CacheWriteInputTokens)
        | (1UL << (int)FactValue.CacheWrite1HourInputTokens)
        | (1UL << (int)FactValue.ReasoningOutputTokens)
        | (1UL << (int)FactValue.InputAudioTokens)
        | (1UL << (int)FactValue.OutputAudioTokens)
        | (1UL << (int)FactValue.InputImageTokens)
        | (1UL << (int)FactValue.OutputImageTokens)
        | (1UL << (int)FactValue.InputVideoTokens)
        | (1UL << (int)FactValue.OutputVideoTokens)
        | (1UL << (int)FactValue.CitationTokens)
        | (1UL << (int)FactValue.CachedInputAudioTokens)
        | (1UL << (int)FactValue.CachedInputImageTokens);

    /// <summary>All that tells what a call used: its tokens, and what else it is charged by.</summary>
    public const ulong Usage = Tokens
        | (1UL << (int)FactValue.Characters)
        | (1UL << (int)FactValue.AudioSeconds)
        | (1UL << (int)FactValue.AudioChannels)
        | (1UL << (int)FactValue.Images)
        | (1UL << (int)FactValue.Pages)
        | (1UL << (int)FactValue.FileSearches)
        | (1UL << (int)FactValue.WebSearches);

    private ulong _present;
    private Values _values;

    public readonly ulong Present => _present;

    public readonly bool Has(FactValue value) => (_present & (1UL << (int)value)) != 0;

    /// <summary>The figure as stored: an integer, or the bits of a double.</summary>
    public readonly long Raw(FactValue value) => _values[Place(value)];

    public readonly long? Long(FactValue value) => Has(value) ? _values[Place(value)] : null;

    public readonly double? Double(FactValue value) =>
        Has(value) ? BitConverter.Int64BitsToDouble(_values[Place(value)]) : null;

    public void Set(FactValue value, long figure)
    {
        _values[Place(value)] = figure;
        _present |= 1UL << (int)value;
    }

    public void Set(FactValue value, double figure) => Set(value, BitConverter.DoubleToInt64Bits(figure));

    /// <summary>Forgets the figures of a mask.</summary>
    public void Forget(ulong mask) => _present &= ~mask;

    /// <summary>Takes over the figures of a mask that another one has.</summary>
    public void Take(ulong mask, in FactFigures other)
    {
        for (var rest = other._present & mask; rest != 0; rest &= rest - 1)
        {
            var value = (FactValue)BitOperations.TrailingZeroCount(rest);
            Set(value, other.Raw(value));
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

    private static int Place(FactValue value) => (int)value - (value >= FirstOfOthers ? Shared : 0);

    [InlineArray((int)FirstOfOthers)]
    private struct Values
    {
        private long _first;
    }
}
