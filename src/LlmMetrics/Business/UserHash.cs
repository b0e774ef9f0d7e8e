using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LlmMetrics.Business;

/// <summary>
/// SipHash-2-4 (Aumasson and Bernstein, 2012) under a key that is random per process and never leaves it: what is kept
/// of an id tells nothing about it, and nobody can choose ids that collide.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct UserHash(ulong key0, ulong key1)
{
    private const int WordSize = sizeof(ulong);

    public static UserHash CreateRandom()
    {
        Span<byte> key = stackalloc byte[2 * WordSize];
        RandomNumberGenerator.Fill(key);
        return new UserHash(
            BinaryPrimitives.ReadUInt64LittleEndian(key), BinaryPrimitives.ReadUInt64LittleEndian(key[WordSize..]));
    }

    public ulong Of(ReadOnlySpan<char> id) => Of(MemoryMarshal.AsBytes(id));

    public ulong Of(ReadOnlySpan<byte> bytes)
    {
        var state = new State(key0, key1);
        var last = (ulong)bytes.Length << 56;
        for (; bytes.Length >= WordSize; bytes = bytes[WordSize..])
        {
            state.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            last |= (ulong)bytes[i] << (8 * i);
        }

        state.Add(last);
        return state.Finish();
    }

    [StructLayout(LayoutKind.Auto)]
    private struct State(ulong key0, ulong key1)
    {
        private ulong _v0 = key0 ^ 0x736f6d6570736575;
        private ulong _v1 = key1 ^ 0x646f72616e646f6d;
        private ulong _v2 = key0 ^ 0x6c7967656e657261;
        private ulong _v3 = key1 ^ 0x7465646279746573;

        public void Add(ulong word)
        {
            _v3 ^= word;
            Round();
            Round();
            _v0 ^= word;
        }

        public ulong Finish()
        {
            _v2 ^= 0xff;
            Round();
            Round();
            Round();
            Round();
            return _v0 ^ _v1 ^ _v2 ^ _v3;
        }

        private void Round()
        {
            _v0 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 13) ^ _v0;
            _v0 = BitOperations.RotateLeft(_v0, 32);
            _v2 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 16) ^ _v2;
            _v0 += _v3;
            _v3 = BitOperations.RotateLeft(_v3, 21) ^ _v0;
            _v2 += _v1;
            _v1 = BitOperations.RotateLeft(_v1, 17) ^ _v2;
            _v2 = BitOperations.RotateLeft(_v2, 32);
        }
    }
}
