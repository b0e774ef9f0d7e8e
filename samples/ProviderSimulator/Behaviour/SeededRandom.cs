using System.Globalization;

namespace Simulator.Behaviour;

/// <summary>SplitMix64: the same numbers on every machine and runtime, which System.Random doesn't promise.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    public static ulong Hash(ulong start, ReadOnlySpan<byte> bytes)
    {
        var hash = start ^ 0xCBF29CE484222325;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 0x100000001B3;
        }

        return hash;
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0, exclusive of 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, both inclusive.</summary>
    public int NextInt(int low, int high) => low + (int)(NextDouble() * (high - low + 1));

    /// <summary>A factor of mean 1 with a long tail to the right, like the latency of a busy service.</summary>
    public double NextSkewed() => 0.4 - (0.6 * Math.Log(1 - NextDouble()));

    public string NextId(string prefix) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{Next():x16}{Next():x16}");
}
