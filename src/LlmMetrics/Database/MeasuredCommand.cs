using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace LlmMetrics.Database;

/// <summary>A command that is measured each time it is executed.</summary>
internal sealed partial class MeasuredCommand(DbCommand inner, MeasuredConnection? connection, DbProbe probe)
    : DbCommand, IDbWrapper
{
    private MeasuredConnection? _connection = connection;
    private DbTransaction? _transaction;
    private volatile bool _wasCancelled;

    [AllowNull]
    public override string CommandText
    {
        get => inner.CommandText;
        set => inner.CommandText = value;
    }

    public override int CommandTimeout
    {
        get => inner.CommandTimeout;
        set => inner.CommandTimeout = value;
    }

    public override CommandType CommandType
    {
        get => inner.CommandType;
        set => inner.CommandType = value;
    }

    public override bool DesignTimeVisible
    {
        get => inner.DesignTimeVisible;
        set => inner.DesignTimeVisible = value;
    }

    public override UpdateRowSource UpdatedRowSource
    {
        get => inner.UpdatedRowSource;
        set => inner.UpdatedRowSource = value;
    }

    object IDbWrapper.Inner => inner;

    protected override DbConnection? DbConnection
    {
        get => _connection ?? inner.Connection;
        set
        {
            inner.Connection = value is MeasuredConnection measured ? measured.Inner : value;
            _connection = value as MeasuredConnection;
        }
    }

    protected override DbParameterCollection DbParameterCollection => inner.Parameters;

    protected override DbTransaction? DbTransaction
    {
        get => inner.Transaction is { } current && _transaction is MeasuredTransaction known && known.Inner == current
            ? known
            : inner.Transaction;
        set
        {
            inner.Transaction = value is MeasuredTransaction measured ? measured.Inner : value;
            _transaction = value;
        }
    }

    public override void Cancel()
    {
        _wasCancelled = true;
        inner.Cancel();
    }

    public override void Prepare() => inner.Prepare();

    public override Task PrepareAsync(CancellationToken cancellationToken = default) =>
        inner.PrepareAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);

        // Raises Disposed and nothing else.
        base.Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected override DbParameter CreateDbParameter() => inner.CreateParameter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
