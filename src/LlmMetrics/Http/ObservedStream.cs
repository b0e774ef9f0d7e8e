using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LlmMetrics.Http;

/// <summary>
/// The stream of an answer as the app reads it. Every way to read goes to the same way of the inner stream, once and
/// with the same size; what came is looked at before it is handed on.
/// </summary>
internal sealed class ObservedStream(Stream inner, ObservedResponseContent content) : Stream
{
    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanTimeout => inner.CanTimeout;

    public override int ReadTimeout { get => inner.ReadTimeout; set => inner.ReadTimeout = value; }

    public override int WriteTimeout { get => inner.WriteTimeout; set => inner.WriteTimeout = value; }

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set
        {
            content.Observation.OnSeek();
            inner.Position = value;
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read;
        try
        {
            read = inner.Read(buffer, offset, count);
        }
        catch (Exception exception)
        {
            content.Observation.OnFailed(exception);
            throw;
        }

        return Seen(buffer.AsSpan(offset, count), read);
    }

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = inner.Read(buffer);
        }
        catch (Exception exception)
        {
            content.Observation.OnFailed(exception);
            throw;
        }

        return Seen(buffer, read);
    }

    public override int ReadByte()
    {
        int read;
        try
        {
            read = inner.ReadByte();
        }
        catch (Exception exception)
        {
            content.Observation.OnFailed(exception);
            throw;
        }

        var value = (byte)read;
        Seen(new Span<byte>(ref value), read < 0 ? 0 : 1);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Task<int> pending;
        try
        {
            pending = inner.ReadAsync(buffer, offset, count, cancellationToken);
        }
        catch (Exception exception)
        {
            content.Observation.OnFailed(exception);
            throw;
        }

        if (!pending.IsCompletedSuccessfully)
        {
            return ReadSlowAsync(new ValueTask<int>(pending), buffer.AsMemory(offset, count)).AsTask();
        }

        Seen(buffer.AsSpan(offset, count), pending.GetAwaiter().GetResult());
        return pending;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ValueTask<int> pending;
        try
        {
            pending = inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception)
        {
            content.Observation.OnFailed(exception);
            throw;
        }

        return pending.IsCompletedSuccessfully
            ? new ValueTask<int>(Seen(buffer.Span, pending.GetAwaiter().GetResult()))
            : ReadSlowAsync(pending, buffer);
    }

    public override IAsyncResult BeginRead(
        byte[] buffer, int offset, int count, AsyncCallback? callback, object? state) =>
        TaskToAsyncResult.Begin(ReadAsync(buffer, offset, count, CancellationToken.None), callback, state);

    public override int EndRead(IAsyncResult asyncResult) => TaskToAsyncResult.End<int>(asyncResult);

    public override void CopyTo(Stream destination, int bufferSize)
    {
        try
        {
            inner.CopyTo(new TapStream(destination, content.Observation), bufferSize);
        }
        catch (Exception exception)
        {
            content.Observation.OnFailed(exception);
            throw;
        }

        content.Observation.OnEndOfBody();
    }

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        try
        {
            await inner.CopyToAsync(new TapStream(destination, content.Observation), bufferSize, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            content.Observation.OnFailed(exception);
            throw;
        }

        content.Observation.OnEndOfBody();
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin)
    {
        content.Observation.OnSeek();
        return inner.Seek(offset, origin);
    }

    public override void SetLength(long value) => inner.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

    [SuppressMessage("Usage", "CA2215", Justification = "The base would dispose of the inner stream once more.")]
    public override async ValueTask DisposeAsync()
    {
        try
        {
            await inner.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            content.Observation.OnDisposed();
        }
    }

    protected override void Dispose(bool disposing)
    {
        // A content that is disposed of has disposed of the stream already, with the content beneath: once is enough.
        if (disposing && !content.IsDisposing)
        {
            try
            {
                inner.Dispose();
            }
            finally
            {
                content.Observation.OnDisposed();
            }
        }

        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadSlowAsync(ValueTask<int> pending, Memory<byte> buffer)
    {
        int read;
        try
        {
            read = await pending.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            content.Observation.OnFailed(exception);
            throw;
        }

        return Seen(buffer.Span, read);
    }

    private int Seen(ReadOnlySpan<byte> buffer, int read)
    {
        if (read > 0)
        {
            // A stream that claims more than it was given room for is not ours to correct.
            content.Observation.Observe(buffer[..Math.Min(read, buffer.Length)]);
        }
        else if (!buffer.IsEmpty)
        {
            content.Observation.OnEndOfBody();
        }

        return read;
    }
}
