using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LlmMetrics.Collection;

/// <summary>
/// A hash over all characters of a key, sixteen bytes at a time. Faster than the hash of strings, because keys are
/// hashed independently of one another, and randomised like it, so that nobody can forge collisions.
/// </summary>
internal static class KeyHash
{
    private const ulong Missing = 0x9E3779B97F4A7C15;
    private const int WordSize = sizeof(ulong);
    private const int BlockSize = 2 * WordSize;

    // Odd, so that no word is multiplied by zero alone.
    private static readonly ulong s_seed = (ulong)Random.Shared.NextInt64() | 1;
    private static readonly ulong s_secret = (ulong)Random.Shared.NextInt64() | 1;

    public static ulong Add(ulong hash, string? key) => Combine(hash, key is null ? Missing : Of(key));

    public static ulong Add(ulong hash, ulong word) => Combine(hash, Multiply(word ^ s_seed, s_secret));

    /// <summary>Every key turns the hash, so that the same text in two fields does not cancel itself out.</summary>
    private static ulong Combine(ulong hash, ulong key) => BitOperations.RotateLeft(hash, 9) + key;

    private static ulong Of(string key)
    {
        var bytes = MemoryMarshal.AsBytes(key.AsSpan());
        ref var start = ref MemoryMarshal.GetReference(bytes);
        var length = bytes.Length;
        var seed = s_seed ^ (ulong)length;
        if (length < BlockSize)
        {
            return Multiply(First(ref start, length) ^ seed, Last(ref start, length) ^ s_secret);
        }

        // The last block may overlap the one before it: no byte is left over, and none is looked at alone.
        var rest = length - BlockSize;
        var hash = Block(ref start, rest, seed);
        for (var offset = 0; offset < rest; offset += BlockSize)
        {
            hash ^= BitOperations.RotateLeft(Block(ref start, offset, seed + (ulong)offset), offset);
        }

        return hash;
    }

    private static ulong Block(ref byte start, int offset, ulong seed) =>
        Multiply(Word(ref start, offset) ^ seed, Word(ref start, offset + WordSize) ^ s_secret);

    private static ulong First(ref byte start, int length) => length switch
    {
        >= WordSize => Word(ref start, 0),
        >= sizeof(uint) => Half(ref start, 0),
        >= sizeof(char) => Unsafe.ReadUnaligned<char>(ref start),
        _ => 0,
    };

    private static ulong Last(ref byte start, int length) => length switch
    {
        >= WordSize => Word(ref start, length - WordSize),
        >= sizeof(uint) => Half(ref start, length - sizeof(uint)),
        _ => 0,
    };

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
