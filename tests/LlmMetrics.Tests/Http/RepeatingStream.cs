namespace LlmMetrics.Tests.Http;

/// <summary>A head, then the same piece over and over up to a length, then a tail; without holding them.</summary>
internal sealed class RepeatingStream(byte[] head, byte[] piece, long repeats, byte[] tail) : Stream
{
    private readonly long _length = head.Length + (piece.Length * repeats) + tail.Length;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = 0;
        while (read < buffer.Length && _position < _length)
        {
            var (part, offset) = Part();
            var size = Math.Min(part.Length - offset, buffer.Length - read);
            part.AsSpan(offset, size).CopyTo(buffer[read..]);
            (read, _position) = (read + size, _position + size);
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private (byte[] Part, int Offset) Part()
    {
        var inner = _position - head.Length;
        if (inner < 0)
        {
            return (head, (int)_position);
        }

        var end = piece.Length * repeats;
        return inner < end ? (piece, (int)(inner % piece.Length)) : (tail, (int)(inner - end));
    }
}
