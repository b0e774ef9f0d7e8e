namespace LlmMetrics.Tests.Http;

/// <summary>Gives a body in pieces of planned sizes, notes every call, and fails where told.</summary>
internal sealed class ScriptedStream(byte[] body, ChunkPlan plan, (int At, Exception Exception)? failure) : Stream
{
    private readonly IEnumerator<int> _sizes = plan.Sizes().GetEnumerator();
    private int _position;
    private readonly List<(string How, int Asked, int Given)> _calls = [];
    private int _left;

    /// <summary>Calls in order, as "span 7 -> 3", "span throws", "dispose".</summary>
    public IReadOnlyList<string> Calls => [.. _calls.Select(static call =>
        call.Asked < 0 ? call.How : $"{call.How} {call.Asked} -> {call.Given}")];

    public int Disposals { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer) => Next(buffer, "span");

    public override int Read(byte[] buffer, int offset, int count) => Next(buffer.AsSpan(offset, count), "array");

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Next(one, "byte") == 0 ? -1 : one[0];
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), "array async", cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ReadAsync(buffer, "memory async", cancellationToken);

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Disposals++;
        _calls.Add(("dispose", -1, 0));
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadAsync(Memory<byte> buffer, string how, CancellationToken cancellationToken)
    {
        // Every third read completes later, so that both ways through the wrapper are taken; on the thread pool, since
        // a turn of the test runner's context costs many times what is tested.
        if (_calls.Count % 3 == 2)
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Next(buffer.Span, how);
    }

    private int Next(Span<byte> buffer, string how)
    {
        if (failure is { } planned && _position >= planned.At)
        {
            _calls.Add(($"{how} throws", -1, 0));
            throw planned.Exception;
        }

        if (_left == 0 && _sizes.MoveNext())
        {
            _left = _sizes.Current;
        }

        var end = failure is { } later ? Math.Min(later.At, body.Length) : body.Length;
        var size = Math.Min(Math.Min(buffer.Length, _left), end - _position);
        body.AsSpan(_position, size).CopyTo(buffer);
        _position += size;
        _left -= size;
        _calls.Add((how, buffer.Length, size));
        return size;
    }
}
