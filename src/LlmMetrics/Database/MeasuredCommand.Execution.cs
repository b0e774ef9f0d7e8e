using System.Data;
using System.Data.Common;

namespace LlmMetrics.Database;

/// <content>What is measured: each execution once, whatever comes of it.</content>
internal sealed partial class MeasuredCommand
{
    public override int ExecuteNonQuery()
    {
        if (!probe.IsEnabled)
        {
            return inner.ExecuteNonQuery();
        }

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

        probe.Succeeded(in summary, started, Rows(affected));
        return affected;
    }

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) => probe.IsEnabled
        ? NonQueryAsync(cancellationToken)
        : inner.ExecuteNonQueryAsync(cancellationToken);

    public override object? ExecuteScalar()
    {
        if (!probe.IsEnabled)
        {
            return inner.ExecuteScalar();
        }

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

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) => probe.IsEnabled
        ? ScalarAsync(cancellationToken)
        : inner.ExecuteScalarAsync(cancellationToken);

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        if (!probe.IsEnabled)
        {
            return inner.ExecuteReader(behavior);
        }

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
        if (!probe.IsEnabled)
        {
            return await inner.ExecuteReaderAsync(behavior, cancellationToken).ConfigureAwait(false);
        }

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

    private static long? Rows(int affected) => affected < 0 ? null : affected;

    private SqlSummary Begin(out long started)
    {
        _wasCancelled = false;
        started = probe.Now;
        return probe.Summarise(inner);
    }

    private async Task<int> NonQueryAsync(CancellationToken cancellationToken)
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

        probe.Succeeded(in summary, started, Rows(affected));
        return affected;
    }

    private async Task<object?> ScalarAsync(CancellationToken cancellationToken)
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
