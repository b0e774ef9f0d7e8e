namespace LlmMetrics.Http;

/// <summary>Decodes with one of the framework's decoding streams, which is fed by hand.</summary>
internal sealed class StreamDecoder : BodyDecoder
{
    private readonly Source _source = new();
    private readonly Stream _decoding;

    public StreamDecoder(Func<Stream, Stream> create) => _decoding = create(_source);

    public override void Dispose()
    {
        base.Dispose();
        _decoding.Dispose();
        _source.Dispose();
    }

    protected override bool Decode(ReadOnlySpan<byte> bytes, byte[] buffer, BodyScanner scanner)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_source.Take(bytes)..];
            for (var read = _decoding.Read(buffer); read > 0; read = _decoding.Read(buffer))
            {
                if (!Pass(buffer.AsSpan(0, read), scanner))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Gives what has come so far, and then "no more": the decoding stream asks again the next time.</summary>
    private sealed class Source : Stream
    {
        private readonly byte[] _pending = new byte[2048];
        private int _start;
        private int _end;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        /// <summary>Takes as much as there is room for.</summary>
        public int Take(ReadOnlySpan<byte> bytes)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, 0);
            }

            var taken = Math.Min(bytes.Length, _pending.Length - _end);
            bytes[..taken].CopyTo(_pending.AsSpan(_end));
            _end += taken;
            return taken;
        }

        public override int Read(Span<byte> buffer)
        {
            var read = Math.Min(buffer.Length, _end - _start);
            _pending.AsSpan(_start, read).CopyTo(buffer);
            _start += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
            // Nothing is ever written.
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
