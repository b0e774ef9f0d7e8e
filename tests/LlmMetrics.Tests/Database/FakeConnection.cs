using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace LlmMetrics.Tests.Database;

/// <summary>A connection to no database.</summary>
internal sealed class FakeConnection : DbConnection
{
    private ConnectionState _state;

    [AllowNull]
    public override string ConnectionString { get; set; } = "Server=x;Password=hunter2;Max Pool Size=7";

    public override string Database => "fake";

    public override string DataSource => "fake";

    public override string ServerVersion => "0";

    public override ConnectionState State => _state;

    public Exception? Failure { get; set; }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Close() => _state = ConnectionState.Closed;

    public override void Open() => _state = Failure is null ? ConnectionState.Open : throw Failure;

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => new FakeCommand { Connection = this, Failure = Failure };
}
