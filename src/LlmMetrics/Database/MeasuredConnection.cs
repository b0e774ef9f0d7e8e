using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Transactions;
using IsolationLevel = System.Data.IsolationLevel;

namespace LlmMetrics.Database;

/// <summary>A connection whose commands are measured, and which counts as used while it is open.</summary>
internal sealed class MeasuredConnection(DbConnection inner, DbProbe probe) : DbConnection, IDbWrapper
{
    private bool _isCounted;
    private MeasuredReader? _reader;

    public override event StateChangeEventHandler? StateChange
    {
        add => inner.StateChange += value;
        remove => inner.StateChange -= value;
    }

    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => inner.ConnectionString = value;
    }

    public override int ConnectionTimeout => inner.ConnectionTimeout;

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override bool CanCreateBatch => inner.CanCreateBatch;

    object IDbWrapper.Inner => inner;

    internal DbConnection Inner => inner;

    protected override DbProviderFactory? DbProviderFactory => DbProviderFactories.GetFactory(inner);

    public override void Open()
    {
        inner.Open();
        CountOpened();
    }

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        await inner.OpenAsync(cancellationToken).ConfigureAwait(false);
        CountOpened();
    }

    public override void Close()
    {
        try
        {
            inner.Close();
        }
        finally
        {
            CountClosed();
        }
    }

    public override async Task CloseAsync()
    {
        try
        {
            await inner.CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            CountClosed();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await inner.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            CountClosed();
        }

        // Raises Disposed and nothing else.
        base.Dispose(true);
        GC.SuppressFinalize(this);
    }

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    public override Task ChangeDatabaseAsync(string databaseName, CancellationToken cancellationToken = default) =>
        inner.ChangeDatabaseAsync(databaseName, cancellationToken);

    public override void EnlistTransaction(Transaction? transaction) => inner.EnlistTransaction(transaction);

    public override DataTable GetSchema() => inner.GetSchema();

    public override DataTable GetSchema(string collectionName) => inner.GetSchema(collectionName);

    public override DataTable GetSchema(string collectionName, string?[] restrictionValues) =>
        inner.GetSchema(collectionName, restrictionValues);

    public override Task<DataTable> GetSchemaAsync(CancellationToken cancellationToken = default) =>
        inner.GetSchemaAsync(cancellationToken);

    public override Task<DataTable> GetSchemaAsync(
        string collectionName, CancellationToken cancellationToken = default) =>
        inner.GetSchemaAsync(collectionName, cancellationToken);

    public override Task<DataTable> GetSchemaAsync(
        string collectionName, string?[] restrictionValues, CancellationToken cancellationToken = default) =>
        inner.GetSchemaAsync(collectionName, restrictionValues, cancellationToken);

    /// <summary>A connection counts once, however often it is opened and closed.</summary>
    internal void CountOpened()
    {
        if (!_isCounted)
        {
            _isCounted = true;
            probe.Pool?.Open();
        }
    }

    internal void CountClosed()
    {
        // A reader that the app has forgotten ends with its connection.
        _reader?.Complete();
        _reader = null;
        if (_isCounted)
        {
            _isCounted = false;
            probe.Pool?.Close();
        }
    }

    internal void Opened(MeasuredReader reader) => _reader = reader;

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        new MeasuredTransaction(inner.BeginTransaction(isolationLevel), this);

    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(
        IsolationLevel isolationLevel, CancellationToken cancellationToken) =>
        new MeasuredTransaction(
            await inner.BeginTransactionAsync(isolationLevel, cancellationToken).ConfigureAwait(false), this);

    protected override DbCommand CreateDbCommand() => new MeasuredCommand(inner.CreateCommand(), this, probe);

    protected override DbBatch CreateDbBatch() => new MeasuredBatch(inner.CreateBatch(), this, probe);

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        try
        {
            inner.Dispose();
        }
        finally
        {
            CountClosed();
        }

        base.Dispose(disposing);
    }
}
