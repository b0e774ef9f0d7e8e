namespace LlmMetrics.Exposition;

/// <summary>Writes snapshots as text. Any number of scrapes may run at the same time.</summary>
internal sealed class PrometheusWriter(bool targetInfo, bool scopeLabels, IExpositionReport report)
{
    /// <summary>Cursors kept for the next scrapes, with their buffers of 64 KiB.</summary>
    private const int Spares = 4;

    private readonly FamilyRegistry _registry = new(targetInfo, scopeLabels, report);
    private readonly TargetInfo? _targetInfo = targetInfo ? new TargetInfo() : null;
    private readonly ExpositionCursor?[] _spare = new ExpositionCursor?[Spares];

    /// <summary>Writes a snapshot to a stream, never holding more than one bounded piece of it.</summary>
    /// <param name="snapshot">The snapshot; stays the caller's.</param>
    /// <param name="format">The format.</param>
    /// <param name="open">Opens the stream once the first piece is ready: failure before it can be told.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async ValueTask WriteAsync(
        MetricsSnapshot snapshot,
        ExpositionFormat format,
        Func<Stream> open,
        CancellationToken cancellationToken)
    {
        var cursor = Rent();
        try
        {
            cursor.Start(snapshot, format);
            var more = cursor.WritePiece();
            var stream = open();
            while (true)
            {
                await stream.WriteAsync(cursor.Piece, cancellationToken).ConfigureAwait(false);
                if (!more)
                {
                    return;
                }

                cursor.Clear();
                more = cursor.WritePiece();
            }
        }
        finally
        {
            Return(cursor);
        }
    }

    public ExpositionCursor Rent()
    {
        foreach (ref var spare in _spare.AsSpan())
        {
            if (Interlocked.Exchange(ref spare, null) is { } cursor)
            {
                return cursor;
            }
        }

        return new ExpositionCursor(_registry, _targetInfo, report);
    }

    public void Return(ExpositionCursor cursor)
    {
        cursor.Reset();
        foreach (ref var spare in _spare.AsSpan())
        {
            if (Interlocked.CompareExchange(ref spare, cursor, null) is null)
            {
                return;
            }
        }
    }
}
