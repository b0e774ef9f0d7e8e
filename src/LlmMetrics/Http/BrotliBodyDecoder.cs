using System.Buffers;
using System.IO.Compression;

namespace LlmMetrics.Http;

/// <summary>
/// Decodes Brotli (RFC 7932) as long as its window stays small. A decoder must keep as much of the text as the window
/// that the stream announces, which may be 16 MiB: other answers are given up.
/// </summary>
internal sealed class BrotliBodyDecoder : BodyDecoder
{
    /// <summary>
    /// The window that a decoder may keep, and so the longest text where a larger one is announced. A decoder takes up
    /// to twice that, and about as much again for its code tables.
    /// </summary>
    public const int MaxWindow = 16 << 10;

    private const int HeadBytes = 5;
    private const int SmallWindowBits = 14;

    private BrotliDecoder _decoder;
    private ulong _head;
    private int _headLength;
    private bool _isWindowSmall;

    public override void Dispose()
    {
        base.Dispose();
        _decoder.Dispose();
    }

    protected override bool Decode(ReadOnlySpan<byte> bytes, byte[] buffer, BodyScanner scanner)
    {
        if (!IsSmallEnough(bytes))
        {
            return false;
        }

        while (true)
        {
            var status = _decoder.Decompress(bytes, buffer, out var consumed, out var written);
            bytes = bytes[consumed..];
            if (!Pass(buffer.AsSpan(0, written), scanner)
                || (!_isWindowSmall && Written > MaxWindow)
                || status == OperationStatus.InvalidData)
            {
                return false;
            }

            if (status != OperationStatus.DestinationTooSmall)
            {
                return true;
            }
        }
    }

    /// <summary>Looks at the first bytes, which tell the window and how long the first block is.</summary>
    private bool IsSmallEnough(ReadOnlySpan<byte> bytes)
    {
        if (_headLength == HeadBytes)
        {
            return true;
        }

        for (var i = 0; i < bytes.Length && _headLength < HeadBytes; i++)
        {
            _head |= (ulong)bytes[i] << (8 * _headLength++);
        }

        var (windowBits, rest) = Window(_head);
        _isWindowSmall = windowBits <= SmallWindowBits;
        return _isWindowSmall || BlockLength(rest) <= MaxWindow;
    }

    /// <summary>The logarithm of the window, and the bits that follow it (RFC 7932, 9.1).</summary>
    private static (int Bits, ulong After) Window(ulong head)
    {
        if ((head & 1) == 0)
        {
            return (16, head >> 1);
        }

        var large = (int)(head >> 1) & 7;
        if (large != 0)
        {
            return (17 + large, head >> 4);
        }

        var small = (int)(head >> 4) & 7;
        return (small == 0 ? 17 : 8 + small, head >> 7);
    }

    /// <summary>The length of a block's text, from its header (RFC 7932, 9.2).</summary>
    private static long BlockLength(ulong header)
    {
        const int NibblesOfMetadata = 7;
        var isLast = (header & 1) != 0;
        header >>= 1;
        if (isLast)
        {
            if ((header & 1) != 0)
            {
                return 0;
            }

            header >>= 1;
        }

        var nibbles = (int)(header & 3) + 4;
        return nibbles == NibblesOfMetadata ? 0 : (long)((header >> 2) & ((1UL << (4 * nibbles)) - 1)) + 1;
    }
}
