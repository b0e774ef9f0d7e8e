using System.Runtime.CompilerServices;

namespace LlmMetrics.Http;

/// <summary>Passes every write on as it is, after a look at the bytes.</summary>
internal sealed class TapStream(Stream target, IByteTap tap) : Stream
{
    public override bool CanRead => target.CanRead;

    public override bool CanSeek => target.CanSeek;

    public override bool CanWrite => target.CanWrite;

    public override bool CanTimeout => target.CanTimeout;

    public override int ReadTimeout { get => target.ReadTimeout; set => target.ReadTimeout = value; }

    public override int WriteTimeout { get => target.WriteTimeout; set => target.WriteTimeout = value; }

    public override long Length => target.Length;

    public override long Position { get => target.Position; set => target.Position = value; }

    public override void Flush() => target.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => target.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => target.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => target.Seek(offset, origin);

    public override void SetLength(long value) => target.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count)
    {
        tap.Observe(buffer.AsSpan(offset, count));
        try
        {
            target.Write(buffer, offset, count);
        }
        catch
        {
            tap.OnTargetFailed();
            throw;
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        tap.Observe(buffer);
        try
        {
            target.Write(buffer);
        }
        catch
        {
            tap.OnTargetFailed();
            throw;
        }
    }

    public override void WriteByte(byte value)
    {
        tap.Observe(new ReadOnlySpan<byte>(in value));
        try
        {
            target.WriteByte(value);
        }
        catch
        {
            tap.OnTargetFailed();
            throw;
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        tap.Observe(buffer.AsSpan(offset, count));
        var pending = StartWrite(buffer, offset, count, cancellationToken);
        return pending.IsCompletedSuccessfully ? pending : AwaitAsync(new ValueTask(pending)).AsTask();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        tap.Observe(buffer.Span);
        var pending = StartWrite(buffer, cancellationToken);
        return pending.IsCompletedSuccessfully ? pending : AwaitAsync(pending);
    }

    public override IAsyncResult BeginWrite(
        byte[] buffer, int offset, int count, AsyncCallback? callback, object? state)
    {
        tap.Observe(buffer.AsSpan(offset, count));
        return target.BeginWrite(buffer, offset, count, callback, state);
    }

    public override void EndWrite(IAsyncResult asyncResult) => target.EndWrite(asyncResult);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            target.Dispose();
        }

        base.Dispose(disposing);
    }

    private Task StartWrite(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            return target.WriteAsync(buffer, offset, count, cancellationToken);
        }
        catch
        {
            tap.OnTargetFailed();
            throw;
        }
    }

    private ValueTask StartWrite(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return target.WriteAsync(buffer, cancellationToken);
        }
        catch
        {
            tap.OnTargetFailed();
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AwaitAsync(ValueTask pending)
    {
        try
        {
            await pending.ConfigureAwait(false);
        }
        catch
        {
            tap.OnTargetFailed();
            throw;
        }
    }
}
