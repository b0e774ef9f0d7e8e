using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace LlmMetrics.Tests.Database;

/// <summary>A command of no database: answers at once, or throws.</summary>
internal sealed class FakeCommand : DbCommand
{
    public Exception? Failure { get; set; }

    [AllowNull]
    public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get; set; }

    protected override DbParameterCollection DbParameterCollection => throw new NotSupportedException();

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override int ExecuteNonQuery() => Failure is null ? 3 : throw Failure;

    public override object? ExecuteScalar() => Failure is null ? null : throw Failure;

    public override void Prepare()
    {
    }

    protected override DbParameter CreateDbParameter() => throw new NotSupportedException();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        using var table = new DataTable();
        table.Columns.Add("id", typeof(int));
        table.Rows.Add(1);
        table.Rows.Add(2);
        return Failure is null ? table.CreateDataReader() : throw Failure;
    }
}
