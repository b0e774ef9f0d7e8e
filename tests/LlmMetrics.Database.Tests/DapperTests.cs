using Dapper;
using Npgsql;

namespace LlmMetrics.Database.Tests;

public sealed class DapperTests(PostgresServer postgres) : PostgresTests(postgres)
{
    [SkippableFact]
    public async Task Dapper_AllItsWays_CountsEachCommandOnce()
    {
        await using var connection = await Source.OpenConnectionAsync();

        var customers = (await connection.QueryAsync<(int Id, string Name)>("SELECT id, name FROM customers")).ToList();
        var one = await connection.QuerySingleAsync<string>(
            "SELECT name FROM customers WHERE id = @id", new { id = 3 });
        var changed = await connection.ExecuteAsync(
            "INSERT INTO orders VALUES (@id, 1, 2)", new[] { new { id = 1 }, new { id = 2 }, new { id = 3 } });
        using (var many = await connection.QueryMultipleAsync("SELECT id FROM orders; SELECT id FROM customers"))
        {
            Assert.Equal(3, (await many.ReadAsync<int>()).Count());
            Assert.Equal(10, (await many.ReadAsync<int>()).Count());
        }

        var count = connection.ExecuteScalar<long>("SELECT count(*) FROM orders");
        var first = connection.QueryFirst<int>("SELECT id FROM orders ORDER BY id");

        Assert.Equal(10, customers.Count);
        Assert.Equal("customer 3", one);
        Assert.Equal((3, 3L, 1), (changed, count, first));
        Assert.Equal(3, Calls(("operation", "INSERT"), ("table", "orders")));
        Assert.Equal(2, Calls(("operation", "SELECT"), ("table", "customers")));
        Assert.Equal(3, Calls(("operation", "SELECT"), ("table", "orders")));
        Assert.Equal(8, Calls(("outcome", "ok")));
    }

    [SkippableFact]
    public async Task Dapper_Failing_GivesTheDriversExceptionAndCountsIt()
    {
        await using var connection = await Source.OpenConnectionAsync();

        await Assert.ThrowsAsync<PostgresException>(() => connection.QueryAsync<int>("SELECT nothing FROM customers"));
        await Assert.ThrowsAsync<NpgsqlException>(
            () => connection.ExecuteAsync("SELECT pg_sleep(30)", commandTimeout: 1));

        Assert.Equal(1, Calls(("outcome", "error"), ("error.type", "42703"), ("table", "customers")));
        Assert.Equal(1, Calls(("outcome", "error"), ("error.type", "timeout")));
        Assert.Equal(2, Calls());
    }
}
