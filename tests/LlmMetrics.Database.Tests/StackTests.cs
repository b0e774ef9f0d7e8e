using Microsoft.EntityFrameworkCore;

namespace LlmMetrics.Database.Tests;

/// <summary>
/// Npgsql measures itself, the wrapper measures, EF Core's interceptor measures: a command counts once.
/// </summary>
public sealed class StackTests(PostgresServer postgres) : PostgresTests(postgres)
{
    [SkippableFact]
    public async Task AllThree_Stacked_CountEachCommandOnce()
    {
        await using (var shop = Context())
        {
            Assert.Equal(10, (await shop.Customers.ToListAsync()).Count);
            shop.Customers.Add(new Customer { Id = 11, Name = "new" });
            shop.Customers.Add(new Customer { Id = 12, Name = "newer" });
            await shop.SaveChangesAsync();
            Assert.Equal(1, await shop.Database.ExecuteSqlRawAsync("UPDATE customers SET name = 'x' WHERE id = 11"));
            await Assert.ThrowsAnyAsync<Exception>(() => shop.Database.ExecuteSqlRawAsync("SELECT * FROM nowhere"));
        }

        var snapshot = Runtime.GetSnapshot();
        Assert.Equal(4, snapshot.Sum("app.db.calls"));
        Assert.Equal(1, snapshot.Sum("app.db.calls", ("operation", "SELECT"), ("table", "customers"), ("pool", Pool)));
        Assert.Equal(1, snapshot.Sum("app.db.calls", ("operation", "INSERT"), ("table", "customers")));
        Assert.Equal(1, snapshot.Sum("app.db.calls", ("operation", "UPDATE"), ("table", "customers")));
        Assert.Equal(1, snapshot.Sum("app.db.calls", ("outcome", "error"), ("error.type", "42P01")));
        Assert.Equal(4, snapshot.Sum("shop.db.queries"));
        Assert.Equal(4, snapshot.Sum("shop.db.query.duration"));
        Assert.Equal(10, snapshot.HistogramSum("db.client.response.returned_rows"));
    }

    [SkippableFact]
    public async Task OperationDuration_WithNpgsqlsMeter_ComesFromNpgsqlOnly()
    {
        var before = Runtime.GetSnapshot().Sum("db.client.operation.duration");
        await using (var command = Source.CreateCommand("SELECT 1"))
        {
            await command.ExecuteScalarAsync();
        }

        var after = Runtime.GetSnapshot();
        Assert.Equal(1, after.Sum("db.client.operation.duration") - before);
        Assert.False(HasOwn(after, "db.client.operation.duration"));
        Assert.Equal(1, after.Sum("app.db.calls"));
    }

    [SkippableFact]
    public async Task OperationDuration_WithoutNpgsqlsMeter_ComesFromTheWrapper()
    {
        await using var runtime = LlmMetricsRuntime.Create(static builder => builder.Services.AddLlmMetrics(
            static options => options.Meters.Clear()));
        await using var source = Npgsql.NpgsqlDataSource.Create(ConnectionString + ";Application Name=own")
            .WithLlmMetrics(runtime, "own");
        await using (var command = source.CreateCommand("SELECT id FROM customers"))
        {
            await command.ExecuteScalarAsync();
        }

        Assert.Equal(1, runtime.GetSnapshot().Sum(
            "db.client.operation.duration", ("db.operation.name", "SELECT"), ("db.collection.name", "customers")));
    }

    [SkippableFact]
    public async Task Connections_OfNpgsql_AreTakenFromItsMeterUnderThePoolsName()
    {
        await using (var first = await Source.OpenConnectionAsync())
        await using (var second = await Source.OpenConnectionAsync())
        {
            var busy = Runtime.GetSnapshot();
            Assert.Equal(2, busy.Sum("shop.db.connections.active", ("pool", Pool)));
            Assert.False(HasOwn(busy, "db.client.connection.count"));
        }

        Assert.Equal(0, Runtime.GetSnapshot().Sum("shop.db.connections.active", ("pool", Pool)));
    }

    [SkippableFact]
    public async Task PoolSizeAndMaximum_InAProfileOfTheApps_AreLiveValues()
    {
        await using var runtime = LlmMetricsRuntime.Create(static builder => builder.AddProfile(MetricProfile.Create(
            "testboost",
            static profile =>
            {
                profile.Gauge(FactKind.DbPool, "testboost.db.connection.pool.size", FactValue.UsedConnections)
                    .When(FactField.Pool, "solo");
                profile.Gauge(FactKind.DbPool, "testboost.db.connection.pool.max", FactValue.MaxConnections)
                    .When(FactField.Pool, "solo");
            })));
        await using var source = Npgsql.NpgsqlDataSource
            .Create(ConnectionString + ";Maximum Pool Size=9;Application Name=solo").WithLlmMetrics(runtime, "solo");
        await using var connection = await source.OpenConnectionAsync();

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("testboost.db.connection.pool.size"));
        Assert.Equal(9, snapshot.Sum("testboost.db.connection.pool.max"));
    }

    private static bool HasOwn(MetricsSnapshot snapshot, string name) =>
        snapshot.TryGetFamily(name, out var family, LlmMetricsNames.Meter) && family.Count > 0;

    private ShopContext Context() => new(new DbContextOptionsBuilder<ShopContext>()
        .UseNpgsql(Source).AddLlmMetrics(Runtime, "ef").OptionsOf());
}
