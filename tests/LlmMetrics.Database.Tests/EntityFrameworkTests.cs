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

    [SkippableFact]
    public async Task AddLlmMetrics_ConnectionKilled_IsAnErrorWithItsSqlState()
    {
        await using var shop = Context();
        var running = shop.Database.ExecuteSqlRawAsync("SELECT pg_sleep(30) /* ef to be killed */");
        await WaitUntilAsync("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%ef to be killed%' "
            + "AND state = 'active' AND pid <> pg_backend_pid()");
        await ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            + "WHERE query LIKE '%ef to be killed%' AND pid <> pg_backend_pid()");

        await Assert.ThrowsAnyAsync<Exception>(() => running);

        Assert.Equal(1, Calls(("outcome", "error"), ("error.type", "57P01"), ("pool", "ef")));
        Assert.Equal(10, await shop.Customers.CountAsync());
        Assert.Equal(2, Calls());
    }

    [SkippableFact]
    public async Task AddLlmMetrics_TakesTooLong_IsATimeout()
    {
        await using var shop = Context();
        shop.Database.SetCommandTimeout(1);

        await Assert.ThrowsAnyAsync<Exception>(() => shop.Database.ExecuteSqlRawAsync("SELECT pg_sleep(30)"));

        Assert.Equal(1, Calls(("outcome", "error"), ("error.type", "timeout"), ("operation", "SELECT")));
        Assert.Equal(1, Calls());
    }

    [SkippableFact]
    public async Task AddLlmMetrics_Deadlock_CountsTheVictim()
    {
        await using var first = Context();
        await using var second = Context();
        await using var one = await first.Database.BeginTransactionAsync();
        await using var two = await second.Database.BeginTransactionAsync();
        await LockAsync(first, 1);
        await LockAsync(second, 2);

        var wereVictims = await Task.WhenAll(LockAsync(first, 2), LockAsync(second, 1));

        Assert.Single(wereVictims, static wasVictim => wasVictim);
        Assert.Equal(1, Calls(("outcome", "error"), ("error.type", "40P01"), ("table", "customers")));
        Assert.Equal(4, Calls(("operation", "UPDATE")));

        static async Task<bool> LockAsync(ShopContext shop, int id)
        {
            try
            {
                await shop.Customers.Where(c => c.Id == id)
                    .ExecuteUpdateAsync(static set => set.SetProperty(static c => c.Name, static c => c.Name));
                return false;
            }
            catch (Exception exception) when ((exception as PostgresException
                ?? exception.InnerException as PostgresException)?.SqlState == "40P01")
            {
                return true;
            }
        }
    }

    [SkippableFact]
    public async Task AddLlmMetrics_PoolExhausted_FailsAsTheDriverDoesAndCountsNoCommand()
    {
        await using var narrow = NpgsqlDataSource.Create(ConnectionString + ";Maximum Pool Size=1;Timeout=2");
        await using var taken = await narrow.OpenConnectionAsync();
        await using var shop = new ShopContext(new DbContextOptionsBuilder<ShopContext>()
            .UseNpgsql(narrow).AddLlmMetrics(Runtime, "ef").OptionsOf());

        await Assert.ThrowsAnyAsync<Exception>(() => shop.Customers.CountAsync());

        Assert.Equal(0, Calls());
        await taken.CloseAsync();
        Assert.Equal(10, await shop.Customers.CountAsync());
        Assert.Equal(1, Calls(("outcome", "ok")));
    }

    private ShopContext Context() => new(new DbContextOptionsBuilder<ShopContext>()
        .UseNpgsql(Bare).AddLlmMetrics(Runtime, "ef").OptionsOf());
}
