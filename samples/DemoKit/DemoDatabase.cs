using Microsoft.Extensions.Configuration;

namespace DemoKit;

/// <summary>The PostgreSQL of a sample: the configured one, or one of its own for as long as it runs.</summary>
public sealed class DemoDatabase : IAsyncDisposable
{
    private readonly LocalPostgres? _local;

    private DemoDatabase(string connectionString, LocalPostgres? local) =>
        (ConnectionString, _local) = (connectionString, local);

    /// <summary>Where it is.</summary>
    public string ConnectionString { get; }

    /// <summary>Finds it, or starts one.</summary>
    /// <param name="configuration">May have <c>ConnectionStrings:{name}</c> and <c>PostgreSql:Programs</c>.</param>
    /// <param name="name">Name of the connection string.</param>
    /// <returns>The database; null if there is none, which standard error then explains.</returns>
    public static async Task<DemoDatabase?> FindAsync(IConfiguration configuration, string name)
    {
        if (configuration.GetConnectionString(name) is { } configured)
        {
            return new DemoDatabase(configured, local: null);
        }

        if (await LocalPostgres.StartAsync(configuration["PostgreSql:Programs"]) is { } local)
        {
            return new DemoDatabase(local.ConnectionString, local);
        }

        await Console.Error.WriteLineAsync(
            "PostgreSQL is missing. Install its server (Debian, Ubuntu: apt-get install postgresql), or set "
            + $"ConnectionStrings__{name}.");
        return null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _local?.DisposeAsync() ?? ValueTask.CompletedTask;
}
