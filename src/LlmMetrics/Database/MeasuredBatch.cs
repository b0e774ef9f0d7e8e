using System.Data;
using System.Data.Common;

namespace LlmMetrics.Database;

/// <summary>A batch, measured as one command.</summary>
internal sealed class MeasuredBatch(DbBatch inner, MeasuredConnection? connection, DbProbe probe) : DbBatch, IDbWrapper
{
    private MeasuredConnection? _connection = connection;
    private MeasuredTransaction? _transaction;
    private volatile bool _wasCancelled;

    public override int Timeout
    {
        get => inner.Timeout;
        set => inner.Timeout = value;
    }

    object IDbWrapper.Inner => inner;

    protected override DbBatchCommandCollection DbBatchCommands => inner.BatchCommands;

    protected override DbConnection? DbConnection
    {
        get => _connection ?? inner.Connection;
        set
        {
            inner.Connection = value is MeasuredConnection measured ? measured.Inner : value;
            _connection = value as MeasuredConnection;
        }
    }

    protected override DbTransaction? DbTransaction
    {
        get => inner.Transaction is { } current && _transaction?.Inner == current ? _transaction : inner.Transaction;
        set
        {
            inner.Transaction = value is MeasuredTransaction measured ? measured.Inner : value;
            _transaction = value as MeasuredTransaction;
        }
    }

    public override int ExecuteNonQuery()
    {
        var summary = Begin(out var started);
        int affected;
        try
        {
            affected = inner.ExecuteNonQuery();
        }
        catch (Exception exception)
        {
            probe.Failed(in summary, started, exception, _wasCancelled);
            throw;
        }

        probe.Succeeded(in summary, started, affected < 0 ? null : affected);
        return affected;
    }

    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken = default)
    {
        var summary = Begin(out var started);
        int affected;
        try
        {
            affected = await inner.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            probe.Failed(in summary, started, exception, _wasCancelled);
            throw;
        }

        probe.Succeeded(in summary, started, affected < 0 ? null : affected);
        return affected;
    }

    public override object? ExecuteScalar()
    {
        var summary = Begin(out var started);
        object? value;
        try
        {
            value = inner.ExecuteScalar();
        }
        catch (Exception exception)
        {
            probe.Failed(in summary, started, exception, _wasCancelled);
            throw;
        }

        probe.Succeeded(in summary, started, rows: null);
        return value;
    }

    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken = default)
    {
        var summary = Begin(out var started);
        object? value;
        try
        {
            value = await inner.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            probe.Failed(in summary, started, exception, _wasCancelled);
            throw;
        }

        probe.Succeeded(in summary, started, rows: null);
        return value;
    }

    public override void Prepare() => inner.Prepare();

    public override Task PrepareAsync(CancellationToken cancellationToken = default) =>
        inner.PrepareAsync(cancellationToken);

    public override void Cancel()
    {
        _wasCancelled = true;
        inner.Cancel();
    }

    public override void Dispose()
    {
        inner.Dispose();
        base.Dispose();
    }

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    protected override DbBatchCommand CreateDbBatchCommand() => inner.CreateBatchCommand();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        var summary = Begin(out var started);
        DbDataReader reader;
        try
        {
            reader = inner.ExecuteReader(behavior);
        }
        catch (Exception exception)
        {
            probe.Failed(in summary, started, exception, _wasCancelled);
            throw;
        }

        return Measure(reader, behavior, in summary, started);
    }

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(
        CommandBehavior behavior, CancellationToken cancellationToken)
    {
        var summary = Begin(out var started);
        DbDataReader reader;
        try
        {
            reader = await inner.ExecuteReaderAsync(behavior, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            probe.Failed(in summary, started, exception, _wasCancelled);
            throw;
        }

        return Measure(reader, behavior, in summary, started);
    }

    private SqlSummary Begin(out long started)
    {
        _wasCancelled = false;
        started = probe.Now;
        return probe.Summarise(inner);
    }

    private DbDataReader Measure(DbDataReader reader, CommandBehavior behavior, in SqlSummary summary, long started)
    {
        if (!probe.MeasuresReaders)
        {
            probe.Succeeded(in summary, started, rows: null);
            return reader;
        }

        return MeasuredReader.Open(reader, probe, _connection, behavior, in summary, started);
    }
}
