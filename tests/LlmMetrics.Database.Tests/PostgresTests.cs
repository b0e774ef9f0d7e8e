using System.Data.Common;
using Npgsql;

namespace LlmMetrics.Database.Tests;

/// <summary>Tests share one server and run one after the other: Npgsql's meter is the process's.</summary>
[Collection(Name)]
public abstract class PostgresTests(PostgresServer postgres) : IAsyncLifetime
{
    public const string Name = "PostgreSQL";

    private NpgsqlDataSource? _bare;
    private LlmMetricsRuntime? _runtime;
    private DbDataSource? _source;

    internal const string Pool = "main";

    protected LlmMetricsRuntime Runtime => _runtime ??= LlmMetricsRuntime.Create(static builder => builder
        .AddProfile(MetricProfile.GenAi)
        .AddProfile(MetricProfile.Prefixed("shop")));

    /// <summary>What measures nothing, for what tests set up and look up.</summary>
    protected NpgsqlDataSource Bare => _bare ??= NpgsqlDataSource.Create(ConnectionString + ";Application Name=bare");

    /// <summary>A wrapped data source with a pool of four.</summary>
    protected DbDataSource Source => _source ??= MakeSource();

    protected string ConnectionString => postgres.Require();

    public virtual async Task InitializeAsync()
    {
        try
        {
            await ExecuteAsync("""
                DROP TABLE IF EXISTS orders; DROP TABLE IF EXISTS customers;
                CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL);
                CREATE TABLE orders (id int PRIMARY KEY, customer int, total numeric);
                INSERT INTO customers SELECT i, 'customer ' || i FROM generate_series(1, 10) i;
                """);
        }
        catch (SkipException)
        {
            // Each test says so itself.
        }
    }

    public async Task DisposeAsync()
    {
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }

        if (_bare is not null)
        {
            await _bare.DisposeAsync();
        }

        if (_runtime is not null)
        {
            await _runtime.DisposeAsync();
        }
    }

    protected virtual DbDataSource MakeSource() =>
        NpgsqlDataSource.Create(ConnectionString + ";Maximum Pool Size=4").WithLlmMetrics(Runtime, Pool);

    protected async Task ExecuteAsync(string sql)
    {
        await using var command = Bare.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Commands counted, with these tags.</summary>
    protected double Calls(params (string Name, string Value)[] tags) =>
        Runtime.GetSnapshot().Sum("app.db.calls", tags);

    /// <summary>Waits until a count of the server's is above zero.</summary>
    protected async Task WaitUntilAsync(string count)
    {
        for (var attempt = 0; attempt < 500; attempt++)
        {
            await using var command = Bare.CreateCommand(count);
            if ((long)(await command.ExecuteScalarAsync())! > 0)
            {
                return;
            }

            await Task.Delay(20);
        }

        Assert.Fail("it never came to that: " + count);
    }
}
