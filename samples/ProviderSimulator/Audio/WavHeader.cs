using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Simulator.Audio;

/// <summary>Length and channels of a recording, out of its WAV header.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WavHeader(double Seconds, int Channels)
{
    private const int Length = 44;

    /// <summary>Reads the plain header: format first, then the data.</summary>
    /// <returns>null for anything else.</returns>
    public static WavHeader? Read(ReadOnlySpan<byte> audio)
    {
        if (audio.Length < Length || !audio.StartsWith("RIFF"u8) || !audio[36..].StartsWith("data"u8))
        {
            return null;
        }

        var channels = BinaryPrimitives.ReadInt16LittleEndian(audio[22..]);
        var bytesPerSecond = BinaryPrimitives.ReadInt32LittleEndian(audio[28..]);
        return channels > 0 && bytesPerSecond > 0
            ? new WavHeader((double)(audio.Length - Length) / bytesPerSecond, channels)
            : null;
    }
}
