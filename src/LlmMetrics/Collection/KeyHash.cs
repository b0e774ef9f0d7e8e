using System.Runtime.InteropServices;

namespace LlmMetrics.Collection;

/// <summary>
/// A hash over all characters of a key, eight bytes at a time. Faster than the randomised hash of strings, which is
/// not needed here: what the table holds is bounded, so forged collisions cost little.
/// </summary>
internal static class KeyHash
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    public static ulong Add(ulong hash, string? key)
    {
        if (key is null)
        {
            return (hash ^ 0x51) * Prime;
        }

        var bytes = MemoryMarshal.AsBytes(key.AsSpan());
        hash ^= (ulong)bytes.Length;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        ulong rest = 0;
        for (var i = 0; i < bytes.Length; i += sizeof(char))
        {
            rest = (rest << 16) | MemoryMarshal.Read<ushort>(bytes[i..]);
        }

        return Mix(hash ^ rest);
    }

    public static ulong Add(ulong hash, ulong word) => Mix(hash ^ word);

    private static ulong Mix(ulong value)
    {
        value *= Prime;
        return value ^ (value >> 29);
    }
}
