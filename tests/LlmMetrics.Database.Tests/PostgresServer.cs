using DemoKit;
using Npgsql;

namespace LlmMetrics.Database.Tests;

/// <summary>A real PostgreSQL on loopback for the time of the test run, in a folder of its own.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private LocalPostgres? _server;
    private string? _connectionString;

    /// <summary>Skips the running test if there is no PostgreSQL; else gives its connection string.</summary>
    public string Require()
    {
        Skip.If(_server is null, "PostgreSQL is missing: tests/run.sh fetches it on Debian, or install its server");
        return _connectionString!;
    }

    public async Task InitializeAsync()
    {
        _server = await LocalPostgres.StartAsync();
        if (_server is null)
        {
            return;
        }

        await using var admin = NpgsqlDataSource.Create(_server.ConnectionString + ";Pooling=false");
        foreach (var sql in new[]
        {
            "CREATE ROLE shop LOGIN SUPERUSER PASSWORD 's3cret-w0rd'", "CREATE DATABASE shop OWNER shop",
        })
        {
            await using var command = admin.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        _connectionString = new NpgsqlConnectionStringBuilder(_server.ConnectionString)
        {
            Database = "shop", Username = "shop", Password = "s3cret-w0rd",
        }.ConnectionString;
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
