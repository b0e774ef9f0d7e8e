using System.Data;
using System.Data.Common;
using Npgsql;

namespace LlmMetrics.Database.Tests;

public sealed class FailureTests(PostgresServer postgres) : PostgresTests(postgres)
{
    [SkippableFact]
    public async Task Execute_WrongSql_GivesTheDriversExceptionAndItsSqlState()
    {
        await using var command = Source.CreateCommand("SELECT 'top secret' FROM nowhere");

        var exception = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteScalarAsync());

        Assert.Equal("42P01", exception.SqlState);
        Assert.Equal(1, Calls(("outcome", "error"), ("error.type", "42P01"), ("table", "nowhere")));
        Assert.Equal(1, Runtime.GetSnapshot().Sum("shop.db.queries", ("status", "error")));
    }

    [SkippableFact]
    public async Task Execute_CancelledByToken_IsCancelled()
    {
        await using var command = Source.CreateCommand("SELECT pg_sleep(30)");
        using var cancel = new CancellationTokenSource();
        var running = command.ExecuteNonQueryAsync(cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal(1, Calls(("outcome", "cancelled"), ("operation", "SELECT")));
        Assert.Equal(1, Calls());
    }

    [SkippableFact]
    public async Task Execute_CancelledByCommand_IsCancelled()
    {
        await using var connection = await Source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_sleep(30)";
        var running = command.ExecuteNonQueryAsync();
        await WaitUntilAsync(
            "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(30)' AND state = 'active'");
        command.Cancel();

        await Assert.ThrowsAnyAsync<Exception>(() => running);

        Assert.Equal(1, Calls(("outcome", "cancelled")));
    }

    [SkippableFact]
    public async Task Execute_TakesTooLong_IsATimeout()
    {
        await using var command = Source.CreateCommand("SELECT pg_sleep(30)");
        command.CommandTimeout = 1;

        var exception = await Assert.ThrowsAsync<NpgsqlException>(() => command.ExecuteNonQueryAsync());

        Assert.IsType<TimeoutException>(exception.InnerException);
        Assert.Equal(1, Calls(("outcome", "error"), ("error.type", "timeout")));
    }

    [SkippableFact]
    public async Task Execute_ConnectionKilled_IsAnErrorAndTheConnectionIsGivenBack()
    {
        await using (var connection = await Source.OpenConnectionAsync())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT pg_sleep(30) /* to be killed */";
            var running = command.ExecuteNonQueryAsync();
            await WaitUntilAsync("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%to be killed%' "
                + "AND state = 'active' AND pid <> pg_backend_pid()");
            await ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                + "WHERE query LIKE '%to be killed%' AND pid <> pg_backend_pid()");

            await Assert.ThrowsAnyAsync<NpgsqlException>(() => running);
            Assert.Equal(1, Calls(("outcome", "error"), ("error.type", "57P01")));
        }

        Assert.Equal(0, Runtime.GetSnapshot().Sum("shop.db.connections.active", ("pool", Pool)));
        await using var again = Source.CreateCommand("SELECT 1");
        Assert.Equal(1, await again.ExecuteScalarAsync());
    }

    [SkippableFact]
    public async Task Read_ConnectionKilledMidway_IsAnErrorWithTheRowsRead()
    {
        await using var connection = await Source.OpenConnectionAsync();
        var id = connection.Unwrap<NpgsqlConnection>().ProcessID;
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT repeat('x', 1000) FROM generate_series(1, 100000) n, customers c";
        await Assert.ThrowsAnyAsync<NpgsqlException>(async () =>
        {
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            await ExecuteAsync($"SELECT pg_terminate_backend({id})");
            while (await reader.ReadAsync())
            {
            }
        });

        Assert.Equal(1, Calls(("outcome", "error"), ("operation", "SELECT")));
        Assert.Equal(1, Calls());
    }

    [SkippableFact]
    public async Task Execute_Deadlock_CountsTheVictim()
    {
        await using var first = await Source.OpenConnectionAsync();
        await using var second = await Source.OpenConnectionAsync();
        await using var one = await first.BeginTransactionAsync();
        await using var two = await second.BeginTransactionAsync();
        await LockAsync(first, one, 1);
        await LockAsync(second, two, 2);

        var states = await Task.WhenAll(LockAsync(first, one, 2), LockAsync(second, two, 1));
        await one.RollbackAsync();
        await two.RollbackAsync();

        Assert.Single(states, static state => state == "40P01");
        Assert.Equal(1, Calls(("outcome", "error"), ("error.type", "40P01"), ("table", "customers")));
        Assert.Equal(4, Calls(("operation", "UPDATE")));
    }

    [SkippableFact]
    public async Task Open_PoolExhausted_FailsAsTheDriverDoesAndTheGaugesTell()
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString + ";Maximum Pool Size=4;Timeout=2")
            .WithLlmMetrics(Runtime, Pool);
        var open = new List<DbConnection>();
        for (var i = 0; i < 4; i++)
        {
            open.Add(await source.OpenConnectionAsync());
        }

        var exception = await Assert.ThrowsAsync<NpgsqlException>(() => source.OpenConnectionAsync().AsTask());
        Assert.Contains("pool", exception.Message, StringComparison.OrdinalIgnoreCase);
        await using var command = source.CreateCommand("SELECT 1");
        await Assert.ThrowsAsync<NpgsqlException>(() => command.ExecuteScalarAsync());
        Assert.Equal(1, Calls(("outcome", "error"), ("error.type", "timeout")));
        Assert.Equal(4, Runtime.GetSnapshot().Sum("shop.db.connections.active", ("pool", Pool)));

        foreach (var connection in open)
        {
            await connection.DisposeAsync();
        }

        Assert.Equal(0, Runtime.GetSnapshot().Sum("shop.db.connections.active", ("pool", Pool)));
    }

    [SkippableFact]
    public async Task Anything_WithSecrets_LeavesNoneInTags()
    {
        await using var connection = await Source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        foreach (var sql in new[]
        {
            "SELECT 'hunter2' FROM customers -- hunter2", "SELECT E'\\'hunter2' FROM customers", "SELECT $$hunter2$$",
            "hunter2", "/* hunter2 */ SELECT 1", "SELECT 'unbalanced hunter2",
            "CREATE ROLE x PASSWORD 'hunter2' hunter2",
        })
        {
            command.CommandText = sql;
            try
            {
                await command.ExecuteNonQueryAsync();
            }
            catch (PostgresException)
            {
                // Some of it is wrong on purpose.
            }
        }

        Assert.Equal(7, Calls());
        Assert.All(Runtime.GetSnapshot().TagValues(), static value =>
        {
            Assert.DoesNotContain("hunter2", value, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("s3cret", value, StringComparison.OrdinalIgnoreCase);
        });
    }

    private static async Task<string?> LockAsync(DbConnection connection, DbTransaction transaction, int id)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"UPDATE customers SET name = name WHERE id = {id}";
        try
        {
            await command.ExecuteNonQueryAsync();
            return null;
        }
        catch (PostgresException exception)
        {
            return exception.SqlState;
        }
    }
}
