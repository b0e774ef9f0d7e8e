using System.Data.Common;

namespace LlmMetrics.Database;

/// <summary>A data source whose connections and commands are measured.</summary>
internal sealed class MeasuredDataSource(DbDataSource inner, DbProbe probe) : DbDataSource, IDbWrapper
{
    public override string ConnectionString => inner.ConnectionString;

    object IDbWrapper.Inner => inner;

    protected override DbConnection CreateDbConnection() => new MeasuredConnection(inner.CreateConnection(), probe);

    protected override DbConnection OpenDbConnection()
    {
        var opened = new MeasuredConnection(inner.OpenConnection(), probe);
        opened.CountOpened();
        return opened;
    }

    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(
        CancellationToken cancellationToken = default)
    {
        var opened = new MeasuredConnection(
            await inner.OpenConnectionAsync(cancellationToken).ConfigureAwait(false), probe);
        opened.CountOpened();
        return opened;
    }

    protected override DbCommand CreateDbCommand(string? commandText = null) =>
        new MeasuredCommand(inner.CreateCommand(commandText), null, probe);

    protected override DbBatch CreateDbBatch() => new MeasuredBatch(inner.CreateBatch(), null, probe);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }
    }

    protected override ValueTask DisposeAsyncCore() => inner.DisposeAsync();
}
