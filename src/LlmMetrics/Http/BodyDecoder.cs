using System.Buffers;
using System.IO.Compression;

namespace LlmMetrics.Http;

/// <summary>
/// Decodes a compressed answer piece by piece for the scanner alone; the app gets the bytes as they came. A few bytes
/// can stand for gigabytes, so it gives up past <see cref="MaxBytes"/>, past <see cref="MaxRatio"/>, and where the
/// decoders of the process hold as much memory as they may. With its window each holds less than 64 KiB.
/// </summary>
internal abstract class BodyDecoder : IDisposable
{
    public const long MaxBytes = 64L << 20;
    public const int MaxRatio = 200;
    private const long FreeBytes = 1 << 20;
    private const int BufferSize = 8 * 1024;

    /// <summary>What a decoder with its window and buffers takes at most.</summary>
    private const long Memory = 64 * 1024;

    private long _read;
    private long _written;
    private long _held;

    /// <summary>Bytes of text so far.</summary>
    protected long Written => _written;

    /// <summary>A decoder for one encoding; null for those that cannot be decoded in pieces or are not known.</summary>
    public static BodyDecoder? Create(string encoding) => encoding.Trim().ToUpperInvariant() switch
    {
        "GZIP" or "X-GZIP" => new StreamDecoder(source => new GZipStream(source, CompressionMode.Decompress)),
        "DEFLATE" => new StreamDecoder(source => new ZLibStream(source, CompressionMode.Decompress)),
        "BR" => new BrotliBodyDecoder(),
        _ => null,
    };

    /// <summary>Decodes what came; false if the bytes are broken or a limit is reached.</summary>
    public bool Decode(ReadOnlySpan<byte> bytes, BodyScanner scanner)
    {
        _read += bytes.Length;
        if (!Hold())
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            return Decode(bytes, buffer, scanner);
        }
        catch (InvalidDataException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public virtual void Dispose() => DecoderMemory.Return(Interlocked.Exchange(ref _held, 0));

    protected abstract bool Decode(ReadOnlySpan<byte> bytes, byte[] buffer, BodyScanner scanner);

    protected bool Pass(ReadOnlySpan<byte> decoded, BodyScanner scanner)
    {
        scanner.Feed(decoded);
        _written += decoded.Length;
        return _written <= FreeBytes || (_written <= MaxBytes && _written <= _read * MaxRatio);
    }

    private bool Hold()
    {
        if (_held == 0 && DecoderMemory.TryTake(Memory))
        {
            _held = Memory;
        }

        return _held > 0;
    }
}
