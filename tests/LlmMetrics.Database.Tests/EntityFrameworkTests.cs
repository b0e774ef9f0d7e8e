using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LlmMetrics.Database.Tests;

public sealed class EntityFrameworkTests(PostgresServer postgres) : PostgresTests(postgres)
{
    [SkippableFact]
    public async Task AddLlmMetrics_QueriesAndChanges_CountsEachCommandOnce()
    {
        await using var shop = Context();

        var customers = await shop.Customers.OrderBy(static c => c.Id).Take(6).ToListAsync();
        customers[0].Name = "changed";
        shop.Customers.Add(new Customer { Id = 11, Name = "new" });
        await shop.SaveChangesAsync();
        await shop.Customers.Where(static c => c.Id > 8).ExecuteDeleteAsync();
        Assert.Equal(8, shop.Customers.Count());

        Assert.Equal(2, Calls(("operation", "SELECT"), ("table", "customers"), ("pool", "ef")));
        Assert.Equal(1, Calls(("operation", "DELETE"), ("table", "customers")));
        Assert.Equal(4, Calls(("outcome", "ok")));
        Assert.Equal(6 + 1, Runtime.GetSnapshot().HistogramSum("db.client.response.returned_rows"));
    }

    [SkippableFact]
    public async Task AddLlmMetrics_Failing_GivesTheExceptionAndCountsIt()
    {
        await using var shop = Context();
        shop.Customers.Add(new Customer { Id = 1, Name = "twice" });

        var exception = await Assert.ThrowsAsync<DbUpdateException>(() => shop.SaveChangesAsync());

        Assert.Equal("23505", Assert.IsType<PostgresException>(exception.InnerException).SqlState);
        Assert.Equal(1, Calls(("outcome", "error"), ("error.type", "23505"), ("operation", "INSERT")));
        Assert.Equal(1, Calls());
    }

    [SkippableFact]
    public async Task AddLlmMetrics_Cancelled_IsCancelled()
    {
        await using var shop = Context();
        using var cancel = new CancellationTokenSource();
        var running = shop.Database.ExecuteSqlRawAsync("SELECT pg_sleep(30)", cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.InRange(Calls(("outcome", "cancelled")), 0, 1);
        Assert.Equal(Calls(), Calls(("outcome", "cancelled")));
    }

    [SkippableFact]
    public async Task AddLlmMetrics_Twice_CountsOnce()
    {
        await using var shop = new ShopContext(new DbContextOptionsBuilder<ShopContext>()
            .UseNpgsql(Bare).AddLlmMetrics(Runtime).AddLlmMetrics(Runtime).OptionsOf());

        Assert.Equal(10, await shop.Customers.CountAsync());
        Assert.Equal(1, Calls());
    }

    private ShopContext Context() => new(new DbContextOptionsBuilder<ShopContext>()
        .UseNpgsql(Bare).AddLlmMetrics(Runtime, "ef").OptionsOf());
}
