using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LlmMetrics.Collection;

/// <summary>
/// Hash and equality of keys, sixteen bytes at a time. Faster than those of strings, because keys are short and
/// hashed independently of one another; randomised like them, so that nobody can forge collisions.
/// </summary>
internal static class KeyHash
{
    private const ulong Missing = 0x9E3779B97F4A7C15;
    private const int WordSize = sizeof(ulong);
    private const int BlockSize = 2 * WordSize;
    private const int SampledBlocks = 8;

    private static readonly ulong _seed = (ulong)Random.Shared.NextInt64() | 1;
    private static readonly ulong _secret = (ulong)Random.Shared.NextInt64() | 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong hash, string? key) => Combine(hash, key is null ? Missing : Of(key));

    public static ulong Add(ulong hash, ulong word) => Combine(hash, Multiply(word ^ _seed, _secret));

    /// <summary>
    /// A hash for caches of long texts: of the length and at most nine blocks, spread evenly. Texts that differ only
    /// between them have the same.
    /// </summary>
    public static ulong Sample(string text)
    {
        var rest = (text.Length * sizeof(char)) - BlockSize;
        if (rest <= SampledBlocks * BlockSize)
        {
            return Of(text);
        }

        ref var start = ref Start(text);
        var seed = _seed ^ (ulong)text.Length;
        var hash = Block(ref start, rest, seed);
        for (var i = 0; i < SampledBlocks; i++)
        {
            hash ^= BitOperations.RotateLeft(Block(ref start, i * (rest / SampledBlocks), seed), i + 1);
        }

        return hash;
    }

    /// <summary>
    /// The hash of all keys, fit to be masked: for some of the random seeds the low bits of names that differ in a
    /// few digits are alike.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Finish(ulong hash) => hash ^ (hash >> 29) ^ (hash >> 47);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(string? left, string? right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        return left is not null && right is not null && left.Length == right.Length && AreSame(left, right);
    }

    /// <summary>Every key turns the hash, so that the same text in two fields does not cancel itself out.</summary>
    private static ulong Combine(ulong hash, ulong key) => BitOperations.RotateLeft(hash, 9) + key;

    private static ulong Of(string key)
    {
        ref var start = ref Start(key);
        var length = key.Length * sizeof(char);
        var seed = _seed ^ (ulong)length;
        if (length < BlockSize)
        {
            var (first, last) = Ends(ref start, length);
            return Multiply(first ^ seed, last ^ _secret);
        }

        // The last block may overlap the one before it: no byte is left over, and none is looked at alone.
        var rest = length - BlockSize;
        var hash = Block(ref start, rest, seed);
        for (var offset = 0; offset < rest; offset += BlockSize)
        {
            hash ^= BitOperations.RotateLeft(Block(ref start, offset, seed), offset + 1);
        }

        return hash;
    }

    private static bool AreSame(string left, string right)
    {
        ref var mine = ref Start(left);
        ref var theirs = ref Start(right);
        var length = left.Length * sizeof(char);
        if (length < BlockSize)
        {
            return Ends(ref mine, length) == Ends(ref theirs, length);
        }

        return length <= 2 * BlockSize
            ? (Differ(ref mine, ref theirs, 0) | Differ(ref mine, ref theirs, length - BlockSize)) == 0
            : left.AsSpan().SequenceEqual(right);
    }

    private static ref byte Start(string key) =>
        ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(key.AsSpan()));

    private static ulong Block(ref byte start, int offset, ulong seed) =>
        Multiply(Word(ref start, offset) ^ seed, Word(ref start, offset + WordSize) ^ _secret);

    private static ulong Differ(ref byte left, ref byte right, int offset) =>
        (Word(ref left, offset) ^ Word(ref right, offset))
        | (Word(ref left, offset + WordSize) ^ Word(ref right, offset + WordSize));

    /// <summary>The first and the last bytes of less than a block, which together are all of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong First, ulong Last) Ends(ref byte start, int length)
    {
        if (length >= WordSize)
        {
            return (Word(ref start, 0), Word(ref start, length - WordSize));
        }

        if (length >= sizeof(uint))
        {
            return (Half(ref start, 0), Half(ref start, length - sizeof(uint)));
        }

        return (length == 0 ? 0UL : Unsafe.ReadUnaligned<char>(ref start), 0);
    }

    private static ulong Word(ref byte start, int offset) =>
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, offset));

    private static uint Half(ref byte start, int offset) =>
        Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, offset));

    private static ulong Multiply(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
