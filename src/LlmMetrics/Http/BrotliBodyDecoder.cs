using System.Buffers;
using System.IO.Compression;

namespace LlmMetrics.Http;

/// <summary>Decodes Brotli.</summary>
internal sealed class BrotliBodyDecoder : BodyDecoder
{
    private BrotliDecoder _decoder;

    public override void Dispose() => _decoder.Dispose();

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
