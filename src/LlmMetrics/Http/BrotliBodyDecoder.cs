using System.Buffers;
using System.IO.Compression;
using System.Numerics;

namespace LlmMetrics.Http;

/// <summary>Decodes Brotli.</summary>
internal sealed class BrotliBodyDecoder : BodyDecoder
{
    private const long MaxWindow = 16 << 20;

    private BrotliDecoder _decoder;

    public override void Dispose()
    {
        base.Dispose();
        _decoder.Dispose();
    }

    // Its window grows with what was decoded, by powers of two.
    private protected override long MemoryAfter(long written) =>
        BaseMemory + (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Min(written, MaxWindow));

    protected override bool Decode(ReadOnlySpan<byte> bytes, byte[] buffer, BodyScanner scanner)
    {
        while (true)
        {
            var status = _decoder.Decompress(bytes, buffer, out var consumed, out var written);
            bytes = bytes[consumed..];
            if (!Pass(buffer.AsSpan(0, written), scanner) || status == OperationStatus.InvalidData)
            {
                return false;
            }

            if (status != OperationStatus.DestinationTooSmall)
            {
                return true;
            }
        }
    }
}
