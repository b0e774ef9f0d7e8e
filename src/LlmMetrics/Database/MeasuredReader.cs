using System.Data;
using System.Data.Common;

namespace LlmMetrics.Database;

/// <summary>
/// A reader that records its command when the last result has been read or the reader is closed, whichever comes first,
/// with the rows that were read.
/// </summary>
internal sealed partial class MeasuredReader : DbDataReader, IDbWrapper
{
    private readonly DbDataReader _inner;
    private readonly DbProbe _probe;
    private readonly MeasuredConnection? _connection;
    private readonly SqlSummary _summary;
    private readonly long _started;
    private readonly bool _closesConnection;
    private readonly bool _hasFields;
    private long _rows;
    private int _isComplete;

    private MeasuredReader(
        DbDataReader inner, DbProbe probe, MeasuredConnection? connection, CommandBehavior behavior,
        in SqlSummary summary, long started)
    {
        _inner = inner;
        _probe = probe;
        _connection = connection;
        _summary = summary;
        _started = started;
        _closesConnection = behavior.HasFlag(CommandBehavior.CloseConnection);
        _hasFields = inner.FieldCount > 0;
    }

    object IDbWrapper.Inner => _inner;

    internal DbDataReader Inner => _inner;

    public static MeasuredReader Open(
        DbDataReader inner, DbProbe probe, MeasuredConnection? connection, CommandBehavior behavior,
        in SqlSummary summary, long started)
    {
        var reader = new MeasuredReader(inner, probe, connection, behavior, in summary, started);
        connection?.Opened(reader);
        return reader;
    }

    public override bool Read()
    {
        try
        {
            return Count(_inner.Read());
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
    }

    public override Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var reading = _inner.ReadAsync(cancellationToken);
        if (!reading.IsCompletedSuccessfully)
        {
            return FinishAsync(reading);
        }

        // Rows that are in the buffer already come without a state machine.
        Count(reading.GetAwaiter().GetResult());
        return reading;

        async Task<bool> FinishAsync(Task<bool> pending)
        {
            try
            {
                return Count(await pending.ConfigureAwait(false));
            }
            catch (Exception exception)
            {
                Fail(exception);
                throw;
            }
        }
    }

    public override bool NextResult()
    {
        try
        {
            return CompleteUnless(_inner.NextResult());
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
    }

    public override async Task<bool> NextResultAsync(CancellationToken cancellationToken)
    {
        try
        {
            return CompleteUnless(await _inner.NextResultAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
    }

    public override void Close()
    {
        try
        {
            _inner.Close();
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
        finally
        {
            Closed();
        }
    }

    public override async Task CloseAsync()
    {
        try
        {
            await _inner.CloseAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
        finally
        {
            Closed();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await _inner.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
        finally
        {
            Closed();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Records the command if that has not been done.</summary>
    /// <param name="rows">Rows that somebody else has counted.</param>
    internal void Complete(long? rows = null)
    {
        if (Interlocked.Exchange(ref _isComplete, 1) == 0)
        {
            _probe.Succeeded(in _summary, _started, rows ?? Rows());
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        try
        {
            _inner.Dispose();
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
        finally
        {
            Closed();
        }
    }

    private bool Count(bool hasRow)
    {
        _rows += hasRow ? 1 : 0;
        return hasRow;
    }

    private bool CompleteUnless(bool hasMore)
    {
        if (!hasMore)
        {
            Complete();
        }

        return hasMore;
    }

    private void Closed()
    {
        Complete();
        if (_closesConnection)
        {
            _connection?.CountClosed();
        }
    }

    private void Fail(Exception exception)
    {
        // The app's own mistakes, such as reading a closed reader, are no failures of the command.
        if (exception is not (InvalidOperationException or ArgumentException)
            && Interlocked.Exchange(ref _isComplete, 1) == 0)
        {
            _probe.Failed(in _summary, _started, exception, wasCancelled: false, Rows());
        }
    }

    /// <summary>Rows read, else rows changed; a query that returned none has zero.</summary>
    private long? Rows()
    {
        if (_rows > 0)
        {
            return _rows;
        }

        try
        {
            return _inner.RecordsAffected is >= 0 and var affected ? affected : _hasFields ? 0 : null;
        }
        catch (Exception)
        {
            // Some drivers tell only while the reader is open.
            return null;
        }
    }
}
