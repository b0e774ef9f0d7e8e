using System.Data;
using System.Data.Common;
using Npgsql;

namespace LlmMetrics.Database.Tests;

public sealed class NpgsqlTests(PostgresServer postgres) : PostgresTests(postgres)
{
    [SkippableFact]
    public async Task ExecuteReader_ToTheEnd_CountsOneCommandWithItsRows()
    {
        await using var connection = await Source.OpenConnectionAsync();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT id, name FROM customers WHERE id <= @last";
            var last = command.CreateParameter();
            (last.ParameterName, last.Value) = ("last", 7);
            command.Parameters.Add(last);
            await using var reader = await command.ExecuteReaderAsync();
            var names = new List<string>();
            while (await reader.ReadAsync())
            {
                names.Add(reader.GetFieldValue<string>("name"));
            }

            Assert.Equal(7, names.Count);
            Assert.Equal(0, Calls());
        }

        Assert.Equal(1, Calls(("operation", "SELECT"), ("table", "customers"), ("outcome", "ok"), ("pool", Pool)));
        var snapshot = Runtime.GetSnapshot();
        Assert.Equal(7, snapshot.HistogramSum("db.client.response.returned_rows", ("db.system.name", "postgresql")));
        Assert.Equal(
            1,
            snapshot.Sum("shop.db.queries", ("operation", "SELECT"), ("table", "customers"), ("status", "success")));
        Assert.Equal(1, snapshot.Sum("shop.db.query.duration", ("operation", "SELECT"), ("table", "customers")));
    }

    [SkippableFact]
    public void Execute_Sync_CountsEachKindOfExecution()
    {
        using var connection = Source.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO orders VALUES (1, 1, 9.5), (2, 1, 3)";
        Assert.Equal(2, command.ExecuteNonQuery());
        command.CommandText = "SELECT count(*) FROM orders";
        Assert.Equal(2L, command.ExecuteScalar());
        command.CommandText = "SELECT id FROM orders; SELECT id FROM customers";
        using (var reader = command.ExecuteReader())
        {
            Assert.True(reader.Read());
            Assert.True(reader.NextResult());
            while (reader.Read())
            {
            }

            Assert.False(reader.NextResult());
        }

        Assert.Equal(1, Calls(("operation", "INSERT"), ("table", "orders")));
        Assert.Equal(2, Calls(("operation", "SELECT"), ("table", "orders")));
        Assert.Equal(3, Calls(("outcome", "ok")));
        Assert.Equal(11, Runtime.GetSnapshot().HistogramSum("db.client.response.returned_rows"));
    }

    [SkippableFact]
    public async Task ExecuteReader_ClosedEarly_IsOkWithTheRowsRead()
    {
        await using var command = Source.CreateCommand("SELECT id FROM customers");
        await using (var reader = await command.ExecuteReaderAsync())
        {
            await reader.ReadAsync();
        }

        Assert.Equal(1, Calls(("outcome", "ok")));
        Assert.Equal(1, Runtime.GetSnapshot().HistogramSum("db.client.response.returned_rows"));
    }

    [SkippableFact]
    public async Task ExecuteReader_ForgottenReader_EndsWithItsConnection()
    {
        await using (var connection = await Source.OpenConnectionAsync())
        {
            var command = connection.CreateCommand();
            command.CommandText = "SELECT id FROM customers";
            _ = await command.ExecuteReaderAsync();
            Assert.Equal(0, Calls());
        }

        Assert.Equal(1, Calls(("operation", "SELECT"), ("outcome", "ok")));
    }

    [SkippableFact]
    public async Task Execute_PreparedAndAgain_CountsEachExecution()
    {
        await using var connection = await Source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE customers SET name = $1 WHERE id = 1";
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "n" });
        await command.PrepareAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        Assert.Equal(5, Calls(("operation", "UPDATE"), ("table", "customers")));
    }

    [SkippableFact]
    public async Task BeginTransaction_RolledBack_ChangesNothingAndCountsItsCommands()
    {
        await using var connection = await Source.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable))
        {
            Assert.Equal(IsolationLevel.Serializable, transaction.IsolationLevel);
            Assert.Same(connection, transaction.Connection);
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            Assert.Same(transaction, command.Transaction);
            command.CommandText = "DELETE FROM customers";
            Assert.Equal(10, await command.ExecuteNonQueryAsync());
            await transaction.SaveAsync("here");
            await transaction.RollbackAsync("here");
            await transaction.RollbackAsync();
        }

        await using var count = Source.CreateCommand("SELECT count(*) FROM customers");
        Assert.Equal(10L, await count.ExecuteScalarAsync());
        Assert.Equal(1, Calls(("operation", "DELETE"), ("table", "customers")));
        Assert.Equal(2, Calls());
    }

    [SkippableFact]
    public async Task Batch_OfInserts_CountsOnce()
    {
        await using var batch = Source.CreateBatch();
        for (var i = 0; i < 3; i++)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = $"INSERT INTO orders VALUES ({i}, 1, 1)";
            batch.BatchCommands.Add(command);
        }

        Assert.Equal(3, await batch.ExecuteNonQueryAsync());
        Assert.Equal(1, Calls(("operation", "BATCH INSERT"), ("table", "orders")));
        Assert.Equal(1, Calls());
    }

    [SkippableFact]
    public async Task Unwrap_ForCopy_GivesTheDriversOwnConnection()
    {
        await using var connection = await Source.OpenConnectionAsync();
        await using (var import = await connection.Unwrap<NpgsqlConnection>()
            .BeginBinaryImportAsync("COPY orders (id, customer, total) FROM STDIN (FORMAT BINARY)"))
        {
            await import.StartRowAsync();
            await import.WriteAsync(1);
            await import.WriteAsync(2);
            await import.WriteAsync(3m);
            await import.CompleteAsync();
        }

        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM orders";
        await using var reader = await command.ExecuteReaderAsync();
        Assert.Equal((uint)1, (uint)reader.Unwrap<NpgsqlDataReader>().FieldCount);
        Assert.NotNull(command.Unwrap<NpgsqlCommand>());
        Assert.Throws<InvalidCastException>(() => reader.Unwrap<DataTableReader>());
    }

    [SkippableFact]
    public async Task StoredProcedure_Called_IsNamed()
    {
        await ExecuteAsync("""
            CREATE OR REPLACE PROCEDURE add_order(id int) LANGUAGE sql AS $$ INSERT INTO orders VALUES (id, 1, 1) $$
            """);
        await using var connection = await Source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandType = CommandType.StoredProcedure;
        command.CommandText = "public.add_order";
        command.Parameters.Add(new NpgsqlParameter { Value = 5 });
        await command.ExecuteNonQueryAsync();
        command.CommandType = CommandType.Text;
        command.Parameters.Clear();
        command.CommandText = "CALL add_order(6)";
        await command.ExecuteNonQueryAsync();

        Assert.Equal(2, Calls(("operation", "CALL"), ("table", "add_order")));
    }

    [SkippableFact]
    public async Task Reader_ThroughTheWrapper_TellsWhatTheDriversTells()
    {
        const string Sql = "SELECT 1 AS i, 'x'::text AS t, NULL::int AS n, now() AS w, '\\x01'::bytea AS b";
        await using var wrapped = await Source.OpenConnectionAsync();
        await using var bare = await Bare.OpenConnectionAsync();
        await using var first = wrapped.CreateCommand();
        await using var second = bare.CreateCommand();
        (first.CommandText, second.CommandText) = (Sql, Sql);
        await using var mine = await first.ExecuteReaderAsync();
        await using var theirs = await second.ExecuteReaderAsync();
        Assert.True(await mine.ReadAsync() && await theirs.ReadAsync());

        Assert.Equal(theirs.FieldCount, mine.FieldCount);
        Assert.Equal(theirs.HasRows, mine.HasRows);
        for (var i = 0; i < theirs.FieldCount; i++)
        {
            Assert.Equal(theirs.GetName(i), mine.GetName(i));
            Assert.Equal(theirs.GetFieldType(i), mine.GetFieldType(i));
            Assert.Equal(theirs.GetDataTypeName(i), mine.GetDataTypeName(i));
            Assert.Equal(theirs.IsDBNull(i), mine.IsDBNull(i));
        }

        Assert.Equal(theirs.GetColumnSchema().Count, mine.GetColumnSchema().Count);
        Assert.Equal(1, mine.GetInt32(0));
        Assert.Equal("x", mine["t"]);
        Assert.Equal(new byte[] { 1 }, (byte[])mine["b"]);
    }
}
