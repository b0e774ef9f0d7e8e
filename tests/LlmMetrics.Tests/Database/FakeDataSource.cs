using System.Data.Common;

namespace LlmMetrics.Tests.Database;

/// <summary>Gives connections to no database.</summary>
internal sealed class FakeDataSource : DbDataSource
{
    public override string ConnectionString => "Server=x;Password=hunter2;Max Pool Size=7";

    protected override DbConnection CreateDbConnection() => new FakeConnection();
}
